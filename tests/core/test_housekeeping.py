"""Whatever time ends goes, however much of it there is, however often the work is broken off."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.contrib.sessions.models import Session
from django.utils import timezone

from core import housekeeping
from core.housekeeping import do_duties, overdue_seconds
from core.outbox.models import Job, JobState
from core.sending.models import Delivery
from core.tasks import keep_house
from registration.models import Challenge, Handoff
from relying_parties.models import WalletOffer
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=1)
DAY = timedelta(days=1)


def ago(**span: int):
    return timezone.now() - timedelta(**span)


@pytest.fixture
def duties(monkeypatch):
    """Duties of the test's own."""
    monkeypatch.setattr(housekeeping, "_duties", own := {})
    return own


def endless():
    while True:
        yield 1


def failing():
    yield 1
    raise ConnectionError


def test_a_duty_that_fails_or_never_ends_holds_up_no_other(duties, caplog):
    done = []

    def short():
        done.append("short")
        yield 1

    for work in (failing, endless, short):
        housekeeping.duty(work.__name__, oldest=lambda: None)(work)
    ended = do_duties(within=timedelta(seconds=0.2))
    assert (done, ended["failing"], ended["short"]) == (["short"], 1, 1)
    assert ended["endless"] > 100
    assert "the duty failing failed" in caplog.text


def test_a_backlog_of_many_batches_is_worked_off_in_one_go(monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", 10)
    Session.objects.bulk_create(
        Session(session_key=f"over{number}", session_data="", expire_date=ago(seconds=number + 1))
        for number in range(105)
    )
    Session.objects.create(session_key="open", session_data="", expire_date=timezone.now() + DAY)
    assert do_duties(within=LONG)["sessions"] == 105
    assert list(Session.objects.values_list("pk", flat=True)) == ["open"]


def rows_of_both_sides(*, kept: timedelta, make) -> None:
    """One that is kept still, and one that is not."""
    for age in (kept - timedelta(minutes=1), kept + timedelta(minutes=1)):
        make(timezone.now() - age)


def job(state: str):
    return lambda at: Job.objects.create(
        kind="a", subject=uuid.uuid4(), state=state, created_at=at, finished_at=at
    )


def challenge(at):
    Challenge.objects.create(enrollment=EnrollmentFactory(), steps=[], expires_at=at)


def handoff(at):
    Handoff.objects.create(
        secret_hash=uuid.uuid4().bytes, enrollment=EnrollmentFactory(), expires_at=at
    )


def offer(at):
    WalletOffer.objects.create(
        number_key=uuid.uuid4(),
        digital_id_key=uuid.uuid4(),
        code_hash=uuid.uuid4().hex,
        expires_at=at,
    )


def delivery(at):
    Delivery.objects.create(key=uuid.uuid4(), noted_at=at)


@pytest.mark.parametrize(
    ("name", "kept", "make", "rows"),
    [
        ("jobs", 7 * DAY, job(JobState.DONE), Job.objects),
        ("jobs_given_up", 90 * DAY, job(JobState.PARKED), Job.objects),
        ("deliveries", 90 * DAY, delivery, Delivery.objects),
        ("challenges", DAY, challenge, Challenge.objects),
        ("handoffs", DAY, handoff, Handoff.objects),
        ("wallet_offers", DAY, offer, WalletOffer.objects),
    ],
)
def test_what_served_goes_when_its_time_is_over_and_not_before(name, kept, make, rows):
    rows_of_both_sides(kept=kept, make=make)
    before = overdue_seconds()
    keep_house()
    assert rows.count() == 1
    assert (round(before[name], -1), overdue_seconds()[name]) == (60, 0)


def test_operators_are_told_of_each_duty_by_the_label_of_its_gauge():
    text = (Path(conf.BASE_DIR) / "docs" / "operations.md").read_text()
    _, _, table = text.partition("| what | goes | label |\n")
    rows = table.partition("\n\n")[0].splitlines()[1:]
    told = [label for row in rows for label in re.findall("`([^`]+)`", row.split("|")[3])]
    assert sorted(told) == sorted(housekeeping._duties)


def test_unfinished_jobs_never_go():
    for state in (JobState.READY, JobState.CLAIMED):
        Job.objects.create(kind="a", subject=uuid.uuid4(), state=state, created_at=ago(days=400))
    keep_house()
    assert Job.objects.count() == 2


def test_an_alert_tells_of_what_is_overdue(client, settings):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    EnrollmentFactory(open_until=ago(days=2))
    told = client.get("/metrics/").text
    (line,) = [one for one in told.splitlines() if 'seconds{what="enrollments"}' in one]
    assert 0 <= float(line.split()[1]) - 2 * 86400 < 60
    keep_house()
    assert 'dopa_overdue_seconds{what="enrollments"} 0.0' in client.get("/metrics/").text
