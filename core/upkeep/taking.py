"""Whether a worker takes what waits for it: one of several may hang while the others work on."""

from collections.abc import Iterable

from celery import current_app
from celery.worker import state
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError


class Taking:
    """Looks from beside the worker, in its process, at its queues in Redis."""

    def __init__(self, queues: Iterable[str]) -> None:
        self._queues = list(queues)
        self._taken = 0

    def look(self) -> bool | None:
        """False where something waits, and none was taken since the last look, and none is in hand,
        which may last. None where Redis does not say what waits.
        """
        before, (self._taken,) = self._taken, state.all_total_count
        if self._taken > before or state.active_requests:
            return True
        try:
            return not self._waiting()
        except (OperationalError, RedisError):
            return None

    def _waiting(self) -> int:
        with current_app.connection_for_read() as broker:
            ask = broker.default_channel.queue_declare
            return sum(ask(queue=queue).message_count for queue in self._queues)
