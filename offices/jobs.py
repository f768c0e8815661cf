"""The jobs of accounts and changes: each is one e-mail to somebody who works here."""

import uuid

from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete
from offices.account_news import ANSWERED, ASKED, INVITED, LAPSED, LINK, OFF, ON, RIGHTS, send_news
from offices.list_mail import mail_link


def leave_unsaid(job: Job) -> None:
    """The log has it; a mail that cannot be sent holds nothing up."""


@handles(INVITED, parked=leave_unsaid)
@handles(OFF, parked=leave_unsaid)
@handles(ON, parked=leave_unsaid)
@handles(RIGHTS, parked=leave_unsaid)
@handles(ASKED, parked=leave_unsaid)
@handles(ANSWERED, parked=leave_unsaid)
@handles(LAPSED, parked=leave_unsaid)
def send(job: Job) -> None:
    key = uuid.uuid5(job.subject, f"{job.kind} {job.pk}")
    send_news(job.kind, officer_id=job.subject, key=key)
    with complete(job):
        pass


@handles(LINK, parked=leave_unsaid)
def send_link(job: Job) -> None:
    mail_link(job.subject, key=uuid.uuid5(job.subject, job.kind))
    with complete(job):
        pass
