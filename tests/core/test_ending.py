"""What begins work by itself and does none ends itself."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery import current_app
from celery.signals import beat_init, worker_ready
from celery.worker import state

from core.upkeep import ending
from core.upkeep.heartbeat import note_heartbeat
from core.upkeep.pulse import Pulse
from core.upkeep.taking import Taking
from tests.waiting import eventually

BEAT = """
import signal, sys, time, django
django.setup()
from core.upkeep.ending import end_without_work
from core.upkeep.pulse import Pulse
if sys.argv[1] == "hangs":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
pulse = Pulse(lambda: sys.argv[1] == "works", patience=0.3, every=0.05)
end_without_work(pulse, within=0.3)
time.sleep(3)
"""


@pytest.mark.parametrize(
    ("kind", "code"), [("works", 0), ("idle", -15), ("hangs", ending.DOES_NOTHING)]
)
def test_a_process_ends_when_no_work_is_done_however_it_hangs(kind, code):
    command = [sys.executable, "-c", BEAT, kind]
    done = subprocess.run(command, timeout=60, check=False)  # noqa: S603 - our interpreter
    assert done.returncode == code


def test_beat_is_watched(monkeypatch):
    watched: list[Pulse] = []
    monkeypatch.setattr(ending, "end_without_work", watched.append)
    beat_init.send(sender=None)
    assert [pulse.work_is_done for pulse in watched] == [ending.seen_by_this_process]


@pytest.mark.parametrize(("queues", "pulses"), [(["default", "imports"], 2), (["verification"], 1)])
def test_a_worker_is_watched_and_that_of_the_heartbeat_twice(monkeypatch, queues, pulses):
    watched: list[Pulse] = []
    monkeypatch.setattr(ending, "end_without_work", lambda pulse, within: watched.append(pulse))
    monkeypatch.setattr(os, "register_at_fork", lambda **_hooks: None)
    monkeypatch.setattr(current_app.amqp.queues, "_consume_from", dict.fromkeys(queues))
    worker_ready.send(sender=None)
    assert len(watched) == pulses


FORKS = """
import os, threading, time, django
from types import SimpleNamespace
django.setup()
from celery import current_app
from core.upkeep import ending

looks = []

def look():
    looks.append("begun")
    time.sleep(0.02)
    looks.append("ended")

def look_again_and_again(seen):
    global ending_look
    ending_look = seen
    for _ in range(40):
        seen()
        time.sleep(0.01)

current_app.amqp.queues.select(["verification"])
ending.Taking, ending.Pulse = lambda queues: SimpleNamespace(look=look), lambda seen: seen
ending.end_without_work = lambda seen, within: threading.Thread(
    target=look_again_and_again, args=[seen], daemon=True
).start()
ending.watch_worker()
for _ in range(10):
    time.sleep(0.01)
    child = os.fork()
    if not child:
        inherited = looks[-1:] == ["begun"]
        again = len(looks)
        ending_look()
        os._exit(inherited or len(looks) != again + 2)
    assert os.waitpid(child, 0)[1] == 0
assert 0 < len(looks) < 80
"""


def test_no_child_is_made_while_the_worker_is_looked_at():
    command = [sys.executable, "-c", FORKS]
    done = subprocess.run(command, timeout=60, check=False)  # noqa: S603 - our interpreter
    assert done.returncode == 0


DEAF = """
import functools, sys, django
django.setup()
from core.upkeep import ending
from core.upkeep.pulse import Pulse
from dopa_portal.celery import app
ending.Pulse = functools.partial(Pulse, patience=2, every=0.2)
app.worker_main(["worker", "--concurrency=1", *sys.argv[1:]])
"""


def test_a_worker_that_takes_nothing_of_what_waits_ends_and_an_idle_one_does_not():
    queue, name = f"waits-{uuid4().hex}", f"deaf-{uuid4().hex}@here"
    command = [sys.executable, "-c", DEAF, f"--queues={queue}", f"--hostname={name}"]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 - ours
    control = current_app.control
    try:
        assert eventually(lambda: control.ping(destination=[name], timeout=0.5), within=30)
        current_app.send_task("celery.accumulate", queue=queue)
        time.sleep(4)
        idle = worker.poll()
        control.cancel_consumer(queue, destination=[name], reply=True)
        current_app.send_task("celery.accumulate", queue=queue)
        _, said = worker.communicate(timeout=30)
    finally:
        worker.kill()
    assert (idle, "no work is done" in said) == (None, True)


class Held:
    """What Celery has of a task in hand."""

    def __init__(self, time_limit: float | None) -> None:
        self.id, self.task = uuid4().hex, SimpleNamespace(time_limit=time_limit)


@pytest.mark.parametrize("limit", [None, 1800])
def test_what_is_in_hand_may_last_as_long_as_its_limit_and_no_longer(limit, settings):
    queue, now = f"waits-{uuid4().hex}", [1000.0]
    current_app.send_task("celery.accumulate", queue=queue)
    taking = Taking([queue], clock=lambda: now[0])
    held = Held(limit)
    state.active_requests.add(held)
    try:
        looks = [taking.look()]
        now[0] += (limit or settings.CELERY_TASK_TIME_LIMIT) - 1
        looks.append(taking.look())
        now[0] += 1
        looks.append(taking.look())
    finally:
        state.active_requests.discard(held)
        with current_app.connection_for_write() as broker:
            broker.default_channel.queue_delete(queue)
    assert looks == [True, True, False]


@pytest.mark.django_db
def test_work_is_missed_only_where_it_could_be_done(monkeypatch):
    monkeypatch.setattr(ending.connection, "close", lambda: None)  # it is the test's
    assert ending.seen_by_this_process() is False
    note_heartbeat()
    assert ending.seen_by_this_process() is True
    monkeypatch.setattr(ending, "redis_answers", lambda: False)
    assert ending.seen_by_this_process() is None


def test_without_a_database_nobody_can_tell(monkeypatch):
    def no_database() -> bool:
        raise ending.DatabaseFailed

    monkeypatch.setattr(ending, "work_is_done", no_database)
    assert ending.seen_by_this_process() is None
