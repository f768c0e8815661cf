from celery import shared_task

from registration.services import holding


@shared_task
def return_overdue_cases() -> None:
    """All of them: a network that fails takes hundreds of officers' pages at once."""
    while holding.return_overdue():
        pass
