from celery import shared_task

from core.outbox import sweeping, turns
from core.outbox.clock import forgive_the_clock
from core.upkeep.heartbeat import note_heartbeat


@shared_task
def run_job(job_id: int) -> None:
    turns.run_next(job_id)


@shared_task
def sweep() -> None:
    forgive_the_clock()
    sweeping.sweep()
    note_heartbeat()
