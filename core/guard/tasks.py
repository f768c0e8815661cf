from celery import shared_task

from core.guard.housekeeping import forget_over


@shared_task
def forget() -> None:
    forget_over()
