from celery import shared_task
from django.utils import timezone

from dashboards.counting.fold import fold
from dashboards.eligible import count_eligible
from dashboards.reports.sending import plan_reports
from dashboards.summary.sending import due_subscriptions, plan_summaries


@shared_task
def fold_events() -> None:
    fold()


@shared_task
def send_reports() -> None:
    plan_reports(timezone.now())


@shared_task
def send_summaries() -> None:
    plan_summaries(due_subscriptions(timezone.now()))


# One look at the whole register. Acknowledged at once: Redis would hand it out again meanwhile.
@shared_task(acks_late=False, soft_time_limit=1700, time_limit=1800)
def renew_eligible() -> None:
    count_eligible()
