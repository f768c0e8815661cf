"""The jobs of digital IDs. Each ends in `complete`, so that its effects happen once."""

from core.outbox.models import Job
from core.outbox.services import complete, handles
from identity.models import HolderNotice, NoticeOutcome
from identity.notification_delivery import close_notice, tell
from identity.notifications import TELL, TELL_MANY


def give_message_up(job: Job) -> None:
    """The inbox says the same; a message that cannot be sent holds nothing up."""
    close_notice(job.subject, NoticeOutcome.GIVEN_UP)


@handles(TELL, parked=give_message_up)
@handles(TELL_MANY, parked=give_message_up)
def tell_holder(job: Job) -> None:
    notice = HolderNotice.objects.filter(pk=job.subject).first()
    outcome = tell(notice) if notice else NoticeOutcome.NOT_SENT  # gone with its digital ID
    with complete(job):
        close_notice(job.subject, outcome)
