from celery import shared_task

from core.outbox import services, turns


@shared_task
def run_job(job_id: int) -> None:
    turns.run_next(job_id)


@shared_task
def sweep() -> None:
    services.sweep()
