"""A few officers for some minutes, and that the checker sees what it is there to see."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from devstack.desks.checker import check
from devstack.desks.clock import Note
from devstack.desks.records import Day, Decided, Move

DAY = """
import django; django.setup()
import json
from django.conf import settings
from django.db.models import Q
from registration.services import decisions, review
{change}
from devstack.desks.day import Plan, let_run
outcome = let_run(Plan({officers}, {seconds}, processes=1))
moves = [move.name for move in outcome.day.moves]
print(json.dumps([outcome.faults, moves]))
"""
# Each of what keeps officers apart, taken away.
BROKEN = """
from datetime import timedelta
from registration.models import Enrollment
nobody = Q(pk__in=[])
review.may_be_taken_back = lambda: nobody
review.needs_another_than = lambda officer: nobody
review.BY_PRIORITY = ("-state", "-waiting_since")
settings.CASE_HOLDER_SILENT_FOR = timedelta(minutes=3)
decisions.check_holder = lambda case, officer: Enrollment.objects.get(pk=case.pk)
"""


def run(change: str = "", *, officers: int, seconds: int) -> tuple[list[str], list[str]]:
    own = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    program = DAY.format(change=change, officers=officers, seconds=seconds)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=os.environ | {"DATABASE_URL": urlunsplit(own)},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_breaks_at_some_desks(transactional_db):
    faults, moves = run(officers=10, seconds=200)
    assert faults == []
    assert {"take", "take_second", "approve", "release", "pass_to_second"} <= set(moves)


def test_officers_who_are_not_kept_apart_are_seen(transactional_db):
    """Which of the hands' rules is broken within so few minutes is chance; each has a day of its
    own below.
    """
    faults, _moves = run(BROKEN, officers=10, seconds=150)
    kinds = {fault.partition(":")[0] for fault in faults}
    assert "order" in kinds
    assert kinds & {"nobody's hand", "not the holder's", "own case", "within undo"}


ANN, BEN, LONG = "ann", "ben", 600


def moved(*moves: tuple[int, str, str], case: str = "case", state: str = "checking") -> list[Move]:
    """From (second, name, who), each from the state that the one before led to."""
    targets = {
        "send_to_review": "waiting_review", "take": "in_review", "take_second": "in_review",
        "take_back": "in_review", "release": "waiting_review", "approve": "verified",
        "reject": "rejected", "pass_to_second": "second_review", "withdraw": "withdrawn",
    }  # fmt: skip
    made = [Move(case, -9, "submit_selfie", "citizen", case, "", "")]
    for at, name, by in moves:
        kind = "officer" if by in {ANN, BEN} else "system"
        made.append(Move(case, at, name, kind, by, state, ""))
        state = targets[name]
    return made


def day(moves: list[Move], **more) -> Day:
    decided = [one for one in moves if one.name in {"approve", "reject", "pass_to_second"}]
    backs = [one for one in moves if one.name == "take_back"]
    rows = [
        Decided(one.case, one.at, one.name, one.by,
                next((back.at for back in backs if back.at >= one.at), None))
        for one in decided
    ]  # fmt: skip
    found = {"decisions": rows, "findings": [], "switched_off": {}, "asked": [], "rows": []}
    signs = [Note(at, by, "there", "case") for by in (ANN, BEN) for at in range(0, LONG, 10)]
    return Day(0, LONG, moves, notes=[*signs, *more.pop("notes", [])], **(found | more))


FIRST = [(0, "send_to_review", "checks"), (10, "take", ANN)]
PASSED = [*FIRST, (40, "pass_to_second", ANN)]
GOOD = [*PASSED, (75, "take_second", BEN), (110, "approve", BEN)]


@pytest.mark.parametrize(
    "moves",
    [GOOD, [*FIRST, (40, "approve", ANN), (60, "take_back", ANN), (90, "reject", ANN)]],
)
def test_a_good_day_is_found_to_be_good(moves):
    assert check(day(moved(*moves))) == []


@pytest.mark.parametrize(
    ("moves", "kind"),
    [
        ([*FIRST, (40, "approve", BEN)], "not the holder's"),
        ([*PASSED, (50, "take_second", BEN), (90, "approve", BEN)], "within undo"),
        ([*PASSED, (80, "take_second", ANN), (90, "reject", ANN)], "own case"),
        ([*FIRST, (40, "approve", ANN), (75, "take_back", ANN), (90, "reject", ANN)], "taken back"),
        ([*FIRST, (40, "approve", ANN), (60, "take_back", BEN), (90, "reject", BEN)], "taken back"),
    ],
)
def test_one_move_that_may_not_be_is_seen(moves, kind):
    found = {fault.partition(":")[0] for fault in check(day(moved(*moves)))}
    assert any(one.startswith(kind) for one in found), found


def test_a_second_decision_in_one_round_is_seen():
    twice = moved(*FIRST, (40, "approve", ANN))
    twice.append(Move("case", 41, "reject", "officer", ANN, "verified", ""))
    assert "decided twice" in {fault.partition(":")[0] for fault in check(day(twice))}


@pytest.mark.parametrize(("last_sign", "seen"), [(60, False), (39, True)])
def test_a_hold_that_outlives_its_holder_by_more_than_a_minute_is_seen(last_sign, seen):
    held = day(moved(*FIRST, (100, "release", "review")))
    held.notes[:] = [Note(at, ANN, "there", "case") for at in range(10, last_sign + 1)]
    assert any(fault.startswith("nobody's hand") for fault in check(held)) == seen


def test_whoever_waited_less_and_was_given_first_is_seen():
    elder = moved((0, "send_to_review", "checks"), case="elder")
    younger = moved((5, "send_to_review", "checks"), (20, "take", ANN), case="younger")
    signs = [Note(at, ANN, "there", "younger") for at in range(20, LONG, 10)]
    notes = [*signs, Note(20, ANN, "next", "younger")]
    faults = check(day([*elder, *younger], notes=notes))
    assert faults == ["order: ann was given younger, and elder came before"]
    notes.append(Note(9, ANN, "left", "elder"))
    assert check(day([*elder, *younger], notes=notes)) == []


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"decisions": []}, "no row"),
        ({"rows": [("case", "verified", ANN)]}, "name left"),
        ({"switched_off": {BEN: 80}}, "switched off"),
        ({"findings": [("case", 60, "failed")]}, "approved by one"),
        (
            {"asked": [("case", ANN, ANN, "officer", "officer", "reopen", "agreed")]},
            "second person",
        ),
        ({"notes": [Note(9, ANN, "error 500")]}, "error"),
    ],
)
def test_tables_and_notes_that_do_not_go_with_the_log_are_seen(more, kind):
    assert kind in {fault.partition(":")[0] for fault in check(day(moved(*GOOD), **more))}
