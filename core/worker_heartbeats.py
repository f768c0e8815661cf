"""Which queues have a worker now, told across machines by what the workers leave in Redis."""

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise

HEARTBEAT_LASTS_SECONDS = 15  # a worker leaves one every two
WORK: dict[str, StrOrPromise] = {
    "verification": _("checks of pictures"),
    "default": _("messages and upkeep"),
    "imports": _("imports of files"),
}


def record_heartbeat(queues: Iterable[str]) -> None:
    """Called by a worker at each of its heartbeats."""
    cache.set_many({_key(queue): 1 for queue in queues}, timeout=HEARTBEAT_LASTS_SECONDS)


def queues_without_worker() -> list[str]:
    """The portal's queues that nobody works on; all of them where Redis cannot be asked."""
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    queues = {settings.CELERY_TASK_DEFAULT_QUEUE, *routed, *settings.JOB_QUEUES.values()}
    heard = cache.get_many([_key(queue) for queue in queues])
    return sorted(queue for queue in queues if _key(queue) not in heard)


def work_of(queues: Iterable[str]) -> str:
    """What the queues are for, with the names by which workers are started for them."""
    return ", ".join(f"{WORK[queue]} ({queue})" for queue in queues)


def _key(queue: str) -> str:
    return f"worker-of:{queue}"
