"""Whether a worker takes what waits for it: one of several may hang while the others work on."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from celery import current_app
from celery.worker import state
from celery.worker.request import Request
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError


class Taking:
    """Looks from beside the worker, in its process, at its queues in Redis."""

    def __init__(
        self, queues: Iterable[str], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._queues, self._clock = list(queues), clock
        self._taken = 0
        self._held: dict[str, float] = {}  # since when, by the request

    def look(self) -> bool | None:
        """False where something waits, and none was taken since the last look, and none is in hand
        that may still last. None where Redis does not say what waits.
        """
        before, (self._taken,) = self._taken, state.all_total_count
        try:
            if self._is_at_work() or self._taken > before:
                return True
            return not self._waiting()
        except (OperationalError, RedisError, RuntimeError):  # the last: what is in hand changes
            return None

    def _is_at_work(self) -> bool:
        """What lasts beyond its limit is ended by the loop that takes: it hangs, too."""
        held, now = {one.id: one for one in list(state.active_requests)}, self._clock()
        self._held = {key: self._held.get(key, now) for key in held}
        return any(now < since + _limit(held[key]) for key, since in self._held.items())

    def _waiting(self) -> int:
        with current_app.connection_for_read() as broker:
            channel: Any = broker.default_channel
            declared = [channel.queue_declare(queue=queue) for queue in self._queues]
            return sum(one.message_count for one in declared)


def _limit(request: Request) -> float:
    """Seconds that its task may take."""
    return float(request.task.time_limit or settings.CELERY_TASK_TIME_LIMIT)
