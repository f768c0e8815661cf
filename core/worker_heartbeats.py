"""Which queues have a worker now, told across machines by what the workers leave in Redis."""

from collections.abc import Iterable
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

SIGNS_LAST_SECONDS = 15  # a worker leaves one every two


def leave_signs(queues: Iterable[str]) -> None:
    """Called by a worker at each of its heartbeats."""
    with suppress(RedisError, OSError):
        cache.set_many({_key(queue): 1 for queue in queues}, timeout=SIGNS_LAST_SECONDS)


def queues_without_worker() -> list[str]:
    """The portal's queues that nobody works on; all of them where Redis cannot be asked."""
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    queues = {settings.CELERY_TASK_DEFAULT_QUEUE, *routed, *settings.JOB_QUEUES.values()}
    try:
        signs = cache.get_many([_key(queue) for queue in queues])
    except (RedisError, OSError):
        signs = {}
    return sorted(queue for queue in queues if _key(queue) not in signs)


def _key(queue: str) -> str:
    return f"worker-of:{queue}"
