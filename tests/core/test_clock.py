"""The clock is set back two hours, and everything goes on."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery.beat import PersistentScheduler
from django.utils import timezone

from core.outbox import sweeping
from core.outbox.models import Job, JobState
from core.outbox.tasks import sweep
from core.upkeep.clock import SteadyScheduler
from core.upkeep.heartbeat import NAME, heartbeat_age, note_heartbeat, work_is_done
from core.upkeep.models import Progress
from dopa_portal.celery import app
from tests.core.sweeps import ago, swept

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
BACK = timedelta(hours=-2)


class Quiet:
    """What would go to the queue is noted instead."""

    def apply_async(self, entry, producer=None, **_):
        self.sent.append(entry.name)


class Steady(Quiet, SteadyScheduler):
    """Ours."""


class Plain(Quiet, PersistentScheduler):
    """Celery's own, to see that the test sees the fault."""


def sent_by(kind: type, file, *, seconds: int, clock) -> list[str]:
    """What a beat with this schedule file sends in so many seconds."""
    beat = kind(app, schedule_filename=str(file), lazy=True)
    beat.sent = []
    beat.setup_schedule()
    run(beat, seconds, clock)
    beat.close()
    return beat.sent


def run(beat, seconds: int, clock) -> None:
    for _ in range(seconds * 10):
        beat.tick()
        clock.shift(0.1)


@pytest.mark.parametrize(("kind", "goes_on"), [(Steady, True), (Plain, False)])
def test_beat_goes_on_when_the_clock_is_set_back_while_it_runs(tmp_path, kind, goes_on):
    with time_machine.travel(NOON, tick=False) as clock:
        beat = kind(app, schedule_filename=str(tmp_path / "schedule"), lazy=True)
        beat.sent = []
        beat.setup_schedule()
        run(beat, 20, clock)
        assert beat.sent.count("sweep the outbox") >= 2
        clock.shift(BACK)
        beat.sent.clear()
        run(beat, 20, clock)
        assert (beat.sent.count("sweep the outbox") >= 2) == goes_on
        beat.close()


@pytest.mark.parametrize(("kind", "goes_on"), [(Steady, True), (Plain, False)])
def test_beat_that_is_started_after_the_clock_was_set_back_works(tmp_path, kind, goes_on):
    with time_machine.travel(NOON, tick=False) as clock:
        sent_by(kind, tmp_path / "schedule", seconds=20, clock=clock)
        clock.shift(BACK)
        sent = sent_by(kind, tmp_path / "schedule", seconds=20, clock=clock)
    assert (sent.count("sweep the outbox") >= 2) == goes_on


def test_the_portals_beat_is_that_one():
    assert app.conf.beat_scheduler == "core.upkeep.clock.SteadyScheduler"


@pytest.mark.django_db
def test_a_heartbeat_of_the_future_says_as_little_as_an_old_one(client):
    assert [work_is_done(), heartbeat_age()] == [False, float("inf")]
    with time_machine.travel(NOON, tick=False) as clock:
        sweep()
        assert work_is_done()
        clock.shift(timedelta(seconds=59))
        assert work_is_done()
        clock.shift(timedelta(seconds=2))
        assert not work_is_done()
        note_heartbeat()
        clock.shift(BACK)
        assert [work_is_done(), client.get("/health/ready/").json()["work"]] == [False, False]
        sweep()
        assert [work_is_done(), client.get("/health/ready/").json()["work"]] == [True, True]
    assert Progress.objects.filter(name=NAME).count() == 1


@pytest.mark.django_db
def test_a_heart_that_stands_still_is_told_of(client, settings):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    note_heartbeat()
    Progress.objects.update(at=timezone.now() + timedelta(hours=2))
    (line,) = [
        one
        for one in client.get("/metrics/").text.splitlines()
        if one.startswith("dopa_heartbeat_age_seconds ")
    ]
    assert 7100 < float(line.split()[1]) < 7300


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    sent: list[int] = []
    monkeypatch.setattr(sweeping, "send", lambda pk, **named: sent.append(pk))
    return sent


@pytest.mark.django_db
def test_jobs_that_were_asked_for_before_the_step_are_sent_at_once(sent):
    with time_machine.travel(NOON, tick=False) as clock:
        job = Job.objects.create(kind="a", subject=uuid.uuid4(), sent_at=timezone.now())
        later = Job.objects.create(
            kind="a", subject=uuid.uuid4(), not_before=NOON + BACK + timedelta(minutes=5)
        )
        Job.objects.filter(pk=later.pk).update(created_at=NOON + BACK)
        clock.shift(BACK)
        sweep()
        assert sent == [job.pk]  # what is for later stays so


@pytest.mark.django_db
def test_a_job_whose_worker_died_before_the_step_is_taken_back_once_its_claim_is_over(sent):
    """It is the database's clock that counts, and was set back."""
    job = Job.objects.create(
        kind="a", subject=uuid.uuid4(), state=JobState.CLAIMED, claimed_at=ago(-7200)
    )
    sweep()
    assert abs(Job.objects.get().claimed_at - timezone.now()) < timedelta(seconds=30)
    Job.objects.update(claimed_at=ago(11))
    swept(last=5, since=60)
    sweep()
    assert Job.objects.get(pk=job.pk).state == JobState.READY
