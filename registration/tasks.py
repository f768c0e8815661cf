from celery import shared_task

from registration.services import holding, housekeeping


@shared_task
def expire_enrollments() -> None:
    housekeeping.expire_enrollments()


@shared_task
def delete_evidence() -> None:
    housekeeping.delete_evidence()


@shared_task
def return_overdue_cases() -> None:
    holding.return_overdue()
