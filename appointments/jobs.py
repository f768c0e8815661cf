"""What is told about appointments. A message that cannot be sent holds nothing up."""

from appointments.services import telling
from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete


def leave_unsaid(_job: Job) -> None:
    """The page where it was booked says the same."""


@handles(telling.REMIND, parked=leave_unsaid, newest_only=True)
def remind(job: Job) -> None:
    telling.remind(job.subject)
    with complete(job):
        pass


@handles(telling.TELL_CALLED_OFF, parked=leave_unsaid)
def tell_called_off(job: Job) -> None:
    telling.tell_called_off(job.subject)
    with complete(job):
        pass
