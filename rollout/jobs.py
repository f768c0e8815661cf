"""The job that calls those who left an address, so many at a time."""

from core.outbox.handlers import handles
from core.outbox.models import Job
from rollout.services import current_phase, free_places
from rollout.waiting import CALL, call_some


def call_no_more(job: Job) -> None:
    """Whoever is left is called when the phase is changed the next time."""


@handles(CALL, parked=call_no_more)
def call(job: Job) -> None:
    phase = current_phase()
    call_some(job, phase=phase, places=free_places(phase))
