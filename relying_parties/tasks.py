from celery import shared_task

from relying_parties.presentations.answering import forget_presentations
from relying_parties.services import forget_old_codes


@shared_task
def forget_codes() -> None:
    forget_old_codes()
    forget_presentations()
