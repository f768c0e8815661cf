"""The jobs of digital IDs. Each ends in `complete`, so that its effects happen once."""

from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete
from identity.models import HolderNotice, NoticeOutcome
from identity.notification_delivery import close_notice, send_notification
from identity.notifications import NOTIFY, NOTIFY_MANY


def give_message_up(job: Job) -> None:
    """The inbox says the same; a message that cannot be sent holds nothing up."""
    close_notice(job.subject, NoticeOutcome.GIVEN_UP)


@handles(NOTIFY, parked=give_message_up)
@handles(NOTIFY_MANY, parked=give_message_up)
def send_to_holder(job: Job) -> None:
    notice = HolderNotice.objects.filter(pk=job.subject).first()
    outcome = send_notification(notice) if notice else NoticeOutcome.NOT_SENT
    with complete(job):
        close_notice(job.subject, outcome)
