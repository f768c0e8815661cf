from celery import shared_task

from registration.services import holding


@shared_task
def return_overdue_cases() -> None:
    holding.return_overdue()
