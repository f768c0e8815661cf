"""Alive is not enough: beat and the workers end themselves when no work is done, or none taken of
what waits, so that whoever keeps them, systemd, a container's engine or `make run`, starts them
anew. A clock that was set back, a connection that says nothing any more or a child that hangs makes
them wait for ever.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from celery import current_app
from celery.signals import beat_init, worker_ready
from django.conf import settings
from django.db import Error as DatabaseFailed
from django.db import connection

from core.hint_cache import redis_answers
from core.upkeep.heartbeat import work_is_done
from core.upkeep.pulse import Pulse
from core.upkeep.taking import Taking

logger = logging.getLogger(__name__)
ENDS_WITHIN = 10.0  # seconds, of its own accord
LOOKS_WITHIN = 20.0  # seconds; a connection into nothing takes 15
DOES_NOTHING = 70  # the exit code where it had to be ended (EX_SOFTWARE)


@beat_init.connect
def watch_beat(**_: object) -> None:
    end_without_work(Pulse(seen_by_this_process))


@worker_ready.connect
def watch_worker(**_: object) -> None:
    """Whether it takes what waits; of the default queue, whether the heartbeat is written, too. A
    job in hand may end.
    """
    queues = current_app.amqp.queues.consume_from
    looks = [Taking(queues).look]
    if settings.CELERY_TASK_DEFAULT_QUEUE in queues:
        looks.append(seen_by_this_process)
    for look in looks:
        pulse = Pulse(BetweenForks(look).look)
        end_without_work(pulse, within=float(settings.CELERY_TASK_TIME_LIMIT))


class BetweenForks:
    """Looks while no child is made, which would inherit locks that nobody in it gives back. A look
    that takes for ever holds a child up for LOOKS_WITHIN alone.
    """

    def __init__(self, look: Callable[[], bool | None]) -> None:
        self._look, self._looking, self._held = look, threading.Lock(), False
        os.register_at_fork(
            before=self._before, after_in_parent=self._after, after_in_child=self._after
        )

    def look(self) -> bool | None:
        with self._looking:
            return self._look()

    def _before(self) -> None:
        self._held = self._looking.acquire(timeout=LOOKS_WITHIN)

    def _after(self) -> None:
        if self._held:
            self._looking.release()


def seen_by_this_process() -> bool | None:
    """None where it is the database or Redis that is gone: to start anew would mend nothing."""
    try:
        return work_is_done() if redis_answers() else None
    except DatabaseFailed:
        return None
    finally:
        connection.close()  # this thread's own


def end_without_work(pulse: Pulse, *, within: float = ENDS_WITHIN) -> threading.Thread:
    """Watch from beside the work: ask this process to end, and end it where it does not."""

    def watch() -> None:
        while not pulse.stopped():
            time.sleep(pulse.every)
        logger.critical("no work is done: this process ends, to be started anew")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(within)
        os._exit(DOES_NOTHING)

    watching = threading.Thread(target=watch, name="pulse", daemon=True)
    watching.start()
    return watching
