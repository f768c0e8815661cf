from celery import shared_task

from registration.services import review


@shared_task
def return_overdue_cases() -> None:
    review.return_overdue()
