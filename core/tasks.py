from celery import shared_task
from django.conf import settings

from core.housekeeping import do_duties


@shared_task
def keep_house() -> None:
    do_duties(within=settings.HOUSEKEEPING_TAKES)
