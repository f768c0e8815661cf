"""What a message or a worker takes along when it is lost, and how soon it is back."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core import hint_cache
from core.outbox import handlers, hints, services, sweeping
from core.outbox.models import Job, JobState
from core.upkeep.models import Progress
from tests.core.brokers import lead_to
from tests.core.sweeps import ago, swept

KIND = "test.count"


@pytest.fixture(autouse=True)
def queue(settings, monkeypatch) -> str:
    """A queue of its own: nobody fetches from it."""
    lead_to(settings.CELERY_BROKER_URL, monkeypatch)
    hint_cache.rests.clear()  # of a test without Redis
    settings.JOB_QUEUES = {KIND: f"test-{uuid.uuid4().hex}"}
    yield settings.JOB_QUEUES[KIND]
    with current_app.connection_or_acquire() as broker:
        broker.default_channel.queue_purge(settings.JOB_QUEUES[KIND])


@pytest.fixture
def alive_after(monkeypatch) -> list[timedelta]:
    """A handler that works until its claim has been renewed; for how long it then still counted."""
    left: list[timedelta] = []

    def work(job: Job) -> None:
        began = Job.objects.get(pk=job.pk).claimed_at
        for _ in range(200):
            if (renewed := Job.objects.get(pk=job.pk).claimed_at) > began:
                left.append(renewed - began)
                break
            connection.cursor().execute("SELECT pg_sleep(0.05)")
        with services.complete(job):
            pass

    handler = handlers.Handler(work, lambda job: None)
    monkeypatch.setitem(handlers._handlers, KIND, handler)
    return left


def make_job(**fields) -> Job:
    return Job.objects.create(kind=KIND, subject=uuid.uuid4(), **fields)


def test_who_works_long_keeps_the_claim(transactional_db, alive_after, settings):
    settings.JOB_CLAIM_LASTS = timedelta(seconds=1)
    job = make_job()
    assert services.run(job.pk)
    assert alive_after != []
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_what_a_dead_worker_claimed_is_taken_back_and_done_by_another():
    job = make_job()
    services.claim(job.pk)
    swept(last=5, since=60)
    Job.objects.update(claimed_at=timezone.now() - settings.JOB_CLAIM_LASTS - timedelta(seconds=1))
    sweeping.sweep()
    assert [Job.objects.get().state, Job.objects.get().error] == [JobState.READY, "claim ran out"]
    assert Job.objects.get().sent_at is not None  # by the same sweep: the next may be too late
    assert services.claim(job.pk).deliveries == 2


@pytest.mark.django_db
def test_a_job_over_which_worker_after_worker_dies_waits_longer_and_is_parked_in_the_end(
    alive_after,
):
    job, pauses = make_job(), []
    for _ in range(settings.JOB_MAX_DEATHS):
        Job.objects.update(not_before=timezone.now())
        services.claim(job.pk)
        Job.objects.update(claimed_at=ago(60))
        swept(last=5, since=60)
        began = timezone.now()
        sweeping.sweep()
        pauses.append(round((Job.objects.get().not_before - began).total_seconds()))
    assert pauses[:-1] == [0, 4, 8, 16, 32]
    assert Job.objects.get().state == JobState.PARKED


@pytest.mark.django_db
def test_workers_that_died_count_less_than_failures(alive_after, monkeypatch):
    job = make_job(deliveries=settings.JOB_MAX_DELIVERIES)
    services.claim(job.pk)
    services.survive(Job.objects.get())
    assert Job.objects.get().state == JobState.READY
    services.claim(job.pk)
    Job.objects.update(not_before=timezone.now())
    services.claim(job.pk)
    services.retry(Job.objects.get(), error="CannotOpen")
    assert Job.objects.get().state == JobState.PARKED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "gap", [{"last": 11, "since": 3600}, {"last": -7200, "since": -7200}, {"last": 1, "since": 4}]
)
def test_after_a_gap_whoever_lives_may_renew_first(gap):
    """The database was away, or another one took over; the clock was set back."""
    services.claim(make_job().pk)
    Job.objects.update(claimed_at=ago(60))
    swept(**gap)
    sweeping.sweep()
    assert Job.objects.get().state == JobState.CLAIMED
    swept(last=5, since=6)
    sweeping.sweep()
    assert Job.objects.get().state == JobState.READY


@pytest.mark.django_db
def test_sweeps_without_a_gap_remember_since_when():
    swept(last=9, since=100)
    before = Progress.objects.get(name=sweeping.NAME)
    sweeping.sweep()
    after = Progress.objects.get(name=sweeping.NAME)
    assert [after.place, after.at > before.at] == [before.place, True]


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-2, 2])
def test_a_worker_whose_clock_is_wrong_keeps_its_claim(hours):
    """The database's clock is the one that all share."""
    job = make_job(not_before=ago(3 * 3600))
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        services.claim(job.pk)
    swept(last=5, since=60)
    sweeping.sweep()
    assert Job.objects.get().state == JobState.CLAIMED


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [-40, 40])
def test_machines_whose_clocks_differ_sweep_by_turns_without_a_gap(seconds):
    services.claim(make_job().pk)
    Job.objects.update(claimed_at=ago(60))
    swept(last=5, since=60)
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        sweeping.sweep()
    assert Job.objects.get().state == JobState.READY


@pytest.mark.django_db
def test_a_running_job_is_left_alone():
    services.claim(make_job().pk)
    assert sweeping.sweep() == 0
    assert Job.objects.get().state == JobState.CLAIMED


@pytest.mark.django_db
def test_what_was_never_sent_is(queue):
    make_job()
    make_job(not_before=timezone.now() + timedelta(minutes=1))
    assert (sweeping.sweep(), hints.messages_in(queue)) == (1, 1)


@pytest.mark.django_db
def test_as_many_messages_as_got_lost_are_sent_again_those_sent_longest_ago_first(queue):
    jobs = [make_job(sent_at=ago(seconds)) for seconds in (7, 60, 30)]
    hints.send(jobs[0].pk, kind=KIND)
    Job.objects.filter(pk=jobs[0].pk).update(sent_at=ago(7))
    assert (sweeping.sweep(), hints.messages_in(queue)) == (2, 3)
    assert Job.objects.order_by("sent_at").first() == jobs[0]
    Job.objects.update(sent_at=ago(600))
    assert (sweeping.sweep(), hints.messages_in(queue)) == (0, 3)  # a long queue grows no longer


@pytest.mark.django_db
def test_a_message_that_was_sent_a_moment_ago_may_be_on_its_way(queue):
    make_job(sent_at=ago(1))
    assert (sweeping.sweep(), hints.messages_in(queue)) == (0, 0)


@pytest.mark.django_db
def test_without_redis_what_a_dead_worker_held_is_taken_back_nevertheless(monkeypatch):
    services.claim(make_job().pk)
    make_job(sent_at=ago(60))
    swept(last=5, since=60)
    Job.objects.filter(state=JobState.CLAIMED).update(claimed_at=ago(60))
    monkeypatch.setattr(sweeping, "redis_answers", lambda: False)
    assert sweeping.sweep() == 0
    assert {one.state for one in Job.objects.all()} == {JobState.READY}
