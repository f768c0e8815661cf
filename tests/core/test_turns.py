"""One client's jobs hold nobody else up, and the newest of one subject counts."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from core.origin import coming_from, network_of
from core.outbox import handlers, services, sweeping, turns
from core.outbox.models import Job, JobState
from core.outbox.services import ClaimLost, claim, complete, enqueue, report, run
from core.outbox.tasks import run_job
from tests.core.sweeps import swept

pytestmark = pytest.mark.django_db
KIND, NEWEST = "test.each", "test.newest"
FLOOD, MINE = "203.0.113.7", "198.51.100.4"


@pytest.fixture
def done(monkeypatch) -> list[uuid.UUID]:
    """The subjects of the jobs that came to their end, in that order."""
    subjects: list[uuid.UUID] = []

    def work(job: Job) -> None:
        report(job, "working")
        with complete(job):
            subjects.append(job.subject)

    for kind in (KIND, NEWEST):
        handler = handlers.Handler(work, lambda job: None, newest_only=kind == NEWEST)
        monkeypatch.setitem(handlers._handlers, kind, handler)
    monkeypatch.setattr(services, "send", lambda *args, **named: None)
    return subjects


def ask(address: str, count: int = 1, *, kind: str = KIND) -> list[Job]:
    with coming_from(address):
        return [enqueue(kind, uuid.uuid4()) for _ in range(count)]


def states(jobs: list[Job]) -> list[str]:
    return [Job.objects.get(pk=job.pk).state for job in jobs]


def test_whoever_has_many_jobs_waits_and_nobody_else(done):
    flood = ask(FLOOD, 30)
    (mine,) = ask(MINE)
    for job in flood[:3]:  # the messages come in the order in which they were sent
        run_job(job.pk)
    assert done == [flood[0].subject, mine.subject, flood[1].subject]


def test_what_runs_counts_for_its_share(done):
    flood = ask(FLOOD, 5)
    for job in flood[:2]:
        claim(job.pk)
    (mine,) = ask(MINE)
    run_job(flood[2].pk)
    assert done == [mine.subject]


def test_each_message_does_one_job_until_none_is_left(done):
    jobs = [job for address in (FLOOD, MINE, FLOOD) for job in ask(address, 4)]
    for job in reversed(jobs):
        run_job(job.pk)
    assert sorted(done) == sorted(job.subject for job in jobs)
    run_job(jobs[0].pk)
    assert len(done) == len(jobs)


def test_work_that_nobodys_request_asked_for_is_one_share(done):
    news = [enqueue(KIND, uuid.uuid4()) for _ in range(150)]
    (mine,) = ask(MINE)
    for job in news[:2]:
        run_job(job.pk)
    assert done == [news[0].subject, mine.subject]


def test_an_address_of_ones_own_network_is_no_new_share(done):
    assert network_of("2001:db8:0:1::5") == network_of("2001:db8:0:2:aaaa::1")
    assert network_of("2001:db8:0:1ff::5") != network_of("2001:db8:0:200::5")
    assert network_of("::ffff:203.0.113.7") == network_of(FLOOD) == FLOOD
    flood = [ask(f"2001:db8:0:1::{number:x}")[0] for number in range(1, 20)]
    (mine,) = ask("2001:db8:1::1")
    run_job(flood[0].pk)
    run_job(flood[1].pk)
    assert done == [flood[0].subject, mine.subject]


def test_of_thirty_for_one_subject_the_newest_is_done_and_no_other(done):
    subject = uuid.uuid4()
    jobs = [enqueue(NEWEST, subject) for _ in range(30)]
    for job in jobs:
        run_job(job.pk)
    assert (done, states(jobs)) == ([subject], ["dropped"] * 29 + ["done"])


def test_one_that_runs_ends_where_it_reports_and_only_then_the_newest_begins(done):
    subject = uuid.uuid4()
    older = claim(enqueue(NEWEST, subject).pk)
    newer = enqueue(NEWEST, subject)
    assert not run(newer.pk)
    run_job(newer.pk)
    assert done == []
    with pytest.raises(services.Superseded):
        report(older, "back")
    services._drop(older)
    run_job(newer.pk)
    assert (done, states([older, newer])) == ([subject], ["dropped", "done"])


def test_one_whose_worker_died_is_not_taken_up_again_once_a_newer_waits(done):
    subject = uuid.uuid4()
    swept(last=5, since=60)
    older = claim(enqueue(NEWEST, subject).pk)
    newer = enqueue(NEWEST, subject)
    Job.objects.filter(pk=older.pk).update(claimed_at=timezone.now() - timedelta(minutes=1))
    sweeping.sweep()
    assert states([older, newer]) == ["dropped", "ready"]
    run_job(newer.pk)
    with pytest.raises(ClaimLost), complete(older):
        done.append("the dead one")
    assert done == [subject]


def test_the_end_of_one_sends_the_next(done, monkeypatch):
    sent, subject = [], uuid.uuid4()
    monkeypatch.setattr(services, "send", lambda pk, **named: sent.append(pk))
    older = enqueue(NEWEST, subject)

    def work(job: Job) -> None:
        enqueue(NEWEST, subject)  # a new photo, while this one is read
        report(job, "back")

    monkeypatch.setitem(
        handlers._handlers, NEWEST, handlers.Handler(work, lambda job: None, newest_only=True)
    )
    run(older.pk)
    newest = Job.objects.get(kind=NEWEST, state=JobState.READY)
    assert (sent, states([older])) == ([newest.pk], ["dropped"])


def test_the_wait_is_that_of_whoever_asks(done, settings):
    settings.JOBS_A_SECOND = 0.5
    ask(FLOOD, 100)
    with coming_from(FLOOD):
        assert turns.seconds_to_wait() == 200
    with coming_from(MINE):
        assert turns.seconds_to_wait() == 2
    now = timezone.now()
    Job.objects.bulk_create(
        Job(kind=KIND, subject=uuid.uuid4(), state=JobState.DONE, finished_at=now)
        for _ in range(300)
    )
    with coming_from(FLOOD):
        assert turns.seconds_to_wait() == 10
