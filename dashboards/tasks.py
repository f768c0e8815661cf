from celery import shared_task

from dashboards.counting.fold import fold
from dashboards.eligible import count_eligible


@shared_task
def fold_events() -> None:
    fold()


@shared_task
def renew_eligible() -> None:
    count_eligible()
