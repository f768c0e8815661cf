"""Messages that hint at a job. Lost ones are no loss: the sweeper sends them again."""

import logging

from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from core.hint_cache import redis_answers
from core.outbox.models import Job

logger = logging.getLogger(__name__)
RUN_JOB = "core.outbox.tasks.run_job"


def queue_of(kind: str) -> str:
    own: str = settings.JOB_QUEUES.get(kind, settings.CELERY_TASK_ROUTES[RUN_JOB]["queue"])
    return own


def send(job_id: int, *, kind: str = "") -> None:
    """Hint at a job, in its kind's queue. Without Redis nothing is lost: the sweeper sends it
    again.
    """
    if not redis_answers():
        logger.warning("job %s waits for the sweeper: no Redis", job_id)
        return
    try:
        current_app.send_task(RUN_JOB, args=[job_id], queue=queue_of(kind))
    except (OperationalError, OSError) as error:
        logger.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)
    else:
        Job.objects.filter(pk=job_id).update(sent_at=timezone.now())


def messages_in(queue: str) -> int:
    """How many nobody has fetched yet; raises OperationalError of kombu without Redis."""
    with current_app.connection_or_acquire() as connection:
        try:
            declared = connection.default_channel.queue_declare(queue=queue, passive=True)
        except ChannelError:  # Redis keeps no empty queues
            return 0
    return int(declared.message_count)
