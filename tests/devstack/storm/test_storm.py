"""A short campaign, and that its checker sees what it is there to see."""

import os
import random
import signal
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import settings as hypothesis

from core.outbox.models import Job, JobState
from devstack.storm import faults
from devstack.storm.campaign import Seen, drawn, run
from devstack.storm.checker import WHAT, check
from devstack.storm.citizens import Ledger
from devstack.storm.faults import FAULTS
from devstack.storm.report import told
from devstack.storm.target import Target
from registration.models import Evidence, EvidenceKind
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.waiting import eventually

SEED = 291975
BY_DAY, BY_NIGHT = 4, 30


@pytest.mark.browser
def test_some_faults_break_nothing(portal_folder: Path):
    """Not below pytest's own folder: each session that begins closes that to other accounts."""
    count = BY_NIGHT if hypothesis.get_current_profile_name() == "night" else BY_DAY
    said: list[str] = []
    folder = portal_folder.with_name("storm")
    seen = run(folder, Seen(SEED, citizens=3), faults=count, say=said.append)
    assert [len(said), seen.never, seen.broken.which] == [count, [], []]
    assert seen.broken.counts == dict.fromkeys([*WHAT, "good cards asked for again"], 0)
    assert seen.ledger.ended["done"] > 0
    assert f"{count} faults" in told(seen)


class OnePart:
    """What is hung: a program and the one that it started."""

    def __init__(self) -> None:
        command = ["sh", "-c", "sleep 60 & wait"]
        self.process = psutil.Popen(command, start_new_session=True)

    def part(self, _name: str) -> psutil.Process:
        return psutil.Process(self.process.pid)

    def stand_still(self, *, count: int) -> bool:
        """Whether so many of the two come to: a signal takes effect when its process runs next."""
        return eventually(lambda: self._states().count("stopped") == count)

    def has_started(self) -> bool:
        return eventually(lambda: len(self._states()) == 2)

    def _states(self) -> list[str]:
        first = self.part("")
        return [one.status() for one in [first, *first.children(recursive=True)]]


@pytest.fixture
def program() -> Iterator[OnePart]:
    program = OnePart()
    try:
        assert program.has_started()
        yield program
    finally:
        os.killpg(program.process.pid, signal.SIGKILL)
        program.process.wait()


def test_what_hung_goes_on_also_where_the_campaign_is_broken_off(program, monkeypatch):
    seen = []

    def broken_off(_seconds: float) -> None:
        seen.append(program.stand_still(count=2))
        raise KeyboardInterrupt

    monkeypatch.setattr("devstack.storm.faults.time", SimpleNamespace(sleep=broken_off))
    with pytest.raises(KeyboardInterrupt):
        faults.hang("a part")(program, random.Random(SEED))  # noqa: S311 - to be repeated
    assert seen == [True]
    assert program.stand_still(count=0)


def test_a_seed_brings_the_same_faults():
    """By day those that are worst, by night all."""
    first, second = ([fault[:3] for fault in islice(drawn(SEED), BY_NIGHT)] for _ in range(2))
    assert first == second
    names = [name for name, _pause, _at_once in first]
    assert {"PostgreSQL hangs for seconds", "Redis is killed"} < set(names[:BY_DAY])
    assert set(names) == set(FAULTS)


class Here(Target):
    """The database and the store of this test in the place of a portal's."""

    def query(self, statement: str, *values: object) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def manage(self, *arguments: str):
        """Nothing: no sequencer has run, and nobody reaps what the checker is to find."""
        return type("Done", (), {"returncode": 0})


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setattr("devstack.storm.checker.CALM_WITHIN", 0)
    monkeypatch.setattr("devstack.storm.checker.COUNTED_WITHIN", 0)
    target = Here(tmp_path)
    target.store.mkdir()
    return target


def broken(target: Target, ledger: Ledger | None = None) -> dict[str, int]:
    counts = check(target, ledger or Ledger()).counts
    return {name: count for name, count in counts.items() if count}


@pytest.mark.django_db
def test_nothing_is_found_where_nothing_is(here):
    assert broken(here) == {}


@pytest.mark.django_db
def test_the_checker_misses_what_a_citizen_was_told(here):
    ledger = Ledger(promises={("ABCD-EFGH-JKMN", "started"), ("ABCD-EFGH-JKMN", "front")})
    assert broken(here, ledger) == {"lost": 2}


@pytest.mark.django_db
def test_the_checker_sees_a_promise_that_was_taken_back(here):
    enrollment = EnrollmentFactory(state=State.VERIFIED)
    ledger = Ledger(promises={(enrollment.reference, "activated")})
    assert broken(here, ledger)["lost"] == 1


@pytest.mark.django_db
def test_the_checker_sees_who_waits_for_nobody(here):
    EnrollmentFactory(state=State.CHECKING, state_since=timezone.now() - timedelta(hours=1))
    assert broken(here)["stuck"] == 1


@pytest.mark.django_db
def test_the_checker_sees_jobs_that_were_given_up_or_not_begun(here):
    Job.objects.create(kind="of a test", subject=uuid.uuid4(), state=JobState.PARKED)
    Job.objects.create(kind="of a test", subject=uuid.uuid4())
    assert broken(here) == {"jobs given up": 1, "stuck": 1}


@pytest.mark.django_db
def test_the_checker_sees_rows_that_the_log_does_not_know(here):
    EnrollmentFactory(state=State.ACTIVATED)
    assert {"audit breaks", "drift"} <= broken(here).keys()


@pytest.mark.django_db
def test_the_checker_sees_files_without_a_row_and_rows_without_a_file(here):
    (here.store / "2026112820").mkdir()
    (here.store / "2026112820" / "nobodys").write_bytes(b"sealed")
    enrollment = EnrollmentFactory()
    Evidence.objects.create(enrollment=enrollment, kind=EvidenceKind.SELFIE, name="2026112820/x")
    seen = broken(here)
    assert [seen["files without a row"], seen["rows without a file"]] == [1, 1]
