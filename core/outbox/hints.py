"""Messages that hint at a job. Lost ones are no loss: the sweeper sends them again."""

import logging
from typing import Any

from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.hint_cache import redis_answers
from core.outbox.models import Job

logger = logging.getLogger(__name__)
RUN_JOB = "core.outbox.tasks.run_job"


def send(job_id: int, *, kind: str = "") -> None:
    """Hint at a job, in its kind's queue. Without Redis nothing is lost: the sweeper sends it
    again.
    """
    if not redis_answers():
        logger.warning("job %s waits for the sweeper: no Redis", job_id)
        return
    own_queue: dict[str, Any] = {}
    if kind in settings.JOB_QUEUES:
        own_queue["queue"] = settings.JOB_QUEUES[kind]
    try:
        current_app.send_task(RUN_JOB, args=[job_id], **own_queue)
    except (OperationalError, OSError) as error:
        logger.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)
    else:
        Job.objects.filter(pk=job_id).update(sent_at=timezone.now())
