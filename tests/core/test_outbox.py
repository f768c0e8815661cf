"""A job is done once, whatever happens to messages and workers."""

import uuid

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.outages import StoreFails
from core.outbox import handlers, services
from core.outbox.models import Job, JobState
from tests.core.brokers import lead_to

pytestmark = pytest.mark.django_db
KIND = "test.count"
# Written into rows that a new version finds again: one that changes needs a migration of these.
KINDS = {
    "appointments.remind", "appointments.tell_called_off",
    "dashboards.report", "dashboards.summary", "identity.tell", "identity.tell_many",
    "offices.mail_link", "offices.tell_answered", "offices.tell_asked", "offices.tell_invited",
    "offices.tell_lapsed",
    "offices.tell_off", "offices.tell_on", "offices.tell_rights", "pilot.import",
    "population.follow", "population.import", "registration.check_resume",
    "registration.check_return", "registration.read_card", "registration.tell",
    "registration.tell_begun", "registration.verify", "rollout.call",
}  # fmt: skip


def test_every_kind_that_rows_name_has_somebody_who_does_it():
    assert set(handlers._handlers) == KINDS


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """What the handler of KIND did: `work`, and `parked` when it was given up."""
    did: list[str] = []

    def work(job: Job) -> None:
        with services.complete(job):
            did.append("work")

    handler = handlers.Handler(work, lambda job: did.append("parked"))
    monkeypatch.setitem(handlers._handlers, KIND, handler)
    return did


@pytest.fixture
def failing(monkeypatch, done) -> list[str]:
    def work(job: Job) -> None:
        done.append("work")
        raise RuntimeError

    handler = handlers.Handler(work, lambda job: done.append("parked"))
    monkeypatch.setitem(handlers._handlers, KIND, handler)
    return done


@pytest.fixture
def without_store(monkeypatch, done) -> list[str]:
    """A handler that needs the store, which is back when the list's last word is `back`."""

    def work(job: Job) -> None:
        if "back" not in done:
            done.append("tried")
            raise StoreFails
        with services.complete(job):
            done.append("work")

    handler = handlers.Handler(work, lambda job: done.append("parked"))
    monkeypatch.setitem(handlers._handlers, KIND, handler)
    return done


def make_job(**fields) -> Job:
    return Job.objects.create(kind=KIND, subject=uuid.uuid4(), **fields)


def test_a_job_delivered_ten_times_is_done_once(done):
    job = make_job()
    for _ in range(10):
        services.run(job.pk)
    assert done == ["work"]
    assert Job.objects.get().state == JobState.DONE


def test_the_work_of_a_worker_that_lost_its_claim_is_rolled_back(done):
    job = services.claim(make_job().pk)
    Job.objects.update(claim=uuid.uuid4())
    with pytest.raises(services.ClaimLost), services.complete(job):
        pytest.fail("the effects of a lost claim must not begin")
    assert Job.objects.get().state == JobState.CLAIMED


def test_a_failed_job_waits_longer_each_time_and_is_parked_after_three(failing):
    job = make_job()
    for _ in range(5):
        Job.objects.update(not_before=timezone.now())
        services.run(job.pk)
    assert failing == ["work", "work", "work", "parked"]
    assert Job.objects.get().state == JobState.PARKED
    assert Job.objects.get().error == "RuntimeError"


def test_a_job_waits_for_an_outage_to_end_and_is_never_parked_for_it(without_store):
    job, pauses = make_job(), []
    for _ in range(9):
        Job.objects.update(not_before=timezone.now())
        services.run(job.pk)
        pauses.append(round((Job.objects.get().not_before - timezone.now()).total_seconds()))
    assert (without_store, pauses) == (["tried"] * 9, [1, 2, 4, 8, 16, 32, 60, 60, 60])
    assert [Job.objects.get().state, Job.objects.get().deliveries] == [JobState.READY, 0]
    without_store.append("back")
    Job.objects.update(not_before=timezone.now())
    services.run(job.pk)
    assert without_store[-1] == "work"


def test_a_job_is_given_back_once_the_database_is_there(monkeypatch):
    monkeypatch.setattr(services, "GIVE_BACK_PAUSES", (0, 0, 0))
    tries: list[int] = []

    def give_back() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise (InterfaceError, OperationalError)[len(tries) - 1]

    with monkeypatch.context() as patched:
        patched.setattr(services.connection, "close", lambda: None)
        services._until_the_database_is_there(give_back)
    assert len(tries) == 3


def test_a_failed_job_is_not_run_before_its_pause_is_over(failing):
    job = make_job()
    services.run(job.pk)
    services.run(job.pk)
    assert failing == ["work"]


def test_a_job_whose_message_cannot_be_sent_is_kept_for_the_sweeper(done, monkeypatch, caplog):
    lead_to("redis://127.0.0.1:1/0", monkeypatch)
    job = make_job()
    services.send(job.pk)
    assert caplog.messages == [f"job {job.pk} waits for the sweeper: OperationalError"]
    assert (Job.objects.get().state, Job.objects.get().sent_at) == (JobState.READY, None)
