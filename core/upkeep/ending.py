"""Alive is not enough: beat, and the worker that its work goes to, end themselves when none is
done, so that whoever keeps them, systemd, a container's engine or `make run`, starts them anew. A
clock that was set back, a connection that says nothing any more or a child that hangs makes them
wait for ever.
"""

import logging
import os
import signal
import threading
import time
from functools import partial

from celery import current_app
from celery.signals import beat_init, worker_ready
from django.conf import settings
from django.db import Error as DatabaseFailed
from django.db import connection

from core.hint_cache import redis_answers
from core.upkeep.heartbeat import work_is_done
from core.upkeep.pulse import Pulse

logger = logging.getLogger(__name__)
ENDS_WITHIN = 10.0  # seconds, of its own accord
DOES_NOTHING = 70  # the exit code where it had to be ended (EX_SOFTWARE)


@beat_init.connect
def watch_beat(**_: object) -> None:
    end_without_work(Pulse(seen_by_this_process))


@worker_ready.connect
def watch_worker(**_: object) -> None:
    """Of the default queue, where the heartbeat is written. It forks: never while this looks."""
    if settings.CELERY_TASK_DEFAULT_QUEUE not in current_app.amqp.queues.consume_from:
        return
    looking = threading.Lock()
    released = looking.release
    os.register_at_fork(before=looking.acquire, after_in_parent=released, after_in_child=released)
    end_without_work(Pulse(partial(seen_between_forks, looking)))


def seen_between_forks(looking: threading.Lock) -> bool | None:
    """A child made meanwhile would inherit locks that nobody in it gives back."""
    with looking:
        return seen_by_this_process()


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
