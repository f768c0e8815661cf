"""The drills' own sums, and one of them whole: `make drill` does them all."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from devstack.drill.__main__ import DRILLS, carry_out, main
from devstack.drill.outcome import Loss, Outcome, Promise, Told
from devstack.drill.rotation import ROTATED, rotated

TOLD = [Told(str(number), 100.0 + number) for number in range(5)]
WHOLE = frozenset("01234")


@pytest.mark.parametrize(
    ("kept", "missing", "seconds"),
    [
        (WHOLE, 0, 0.0),
        (frozenset("012"), 2, 2.0),
        (frozenset("0124"), 1, 2.0),  # one amid others: what comes after it does not help
        (frozenset(), 5, 4.0),
    ],
)
def test_what_was_told_and_is_not_there_is_lost(kept, missing, seconds):
    loss = Loss(TOLD, kept=kept)
    assert (len(loss.missing), loss.seconds) == (missing, seconds)


@pytest.mark.parametrize(
    ("loss", "back", "kept"),
    [
        (Loss(TOLD, kept=WHOLE), 10, True),
        (Loss(TOLD, kept=WHOLE), 10.1, False),
        (Loss(TOLD, kept=frozenset("0123")), 10, True),
        (Loss(TOLD, kept=frozenset("012")), 10, False),
        (Loss(TOLD, kept=WHOLE, unopened=1), 10, False),
        (Loss([], kept=frozenset()), 10, False),  # a drill in which nobody registered says nothing
    ],
)
def test_a_promise_is_kept_within_its_seconds_and_with_all_that_is_sealed(loss, back, kept):
    seen = "The audit log is whole: 5 entries."
    assert Outcome(loss, back, auditor=seen).keeps(Promise(lost=1, back=10)) is kept


@pytest.mark.parametrize(
    ("seen", "expected", "kept"),
    [
        ("cut: the log ends after 4 leaves", {}, False),
        ("Adopted 2026-11-28", {}, False),
        ("Adopted 2026-11-28", {"sees": "Adopted "}, True),
    ],
)
def test_a_promise_is_kept_only_if_the_auditor_sees_what_was_promised(seen, expected, kept):
    promise = Promise(lost=1, back=10, **expected)
    assert Outcome(Loss(TOLD, kept=WHOLE), 1, auditor=seen).keeps(promise) is kept


def test_a_rotated_ring_still_has_every_former_key():
    former = {name: {"current": "k1", "keys": {"k1": "00"}} for name in (*ROTATED, "lookup")}
    ring = rotated({name: {**each, "keys": {**each["keys"]}} for name, each in former.items()})
    assert {name for name, each in ring.items() if each["current"] == "k2"} == set(ROTATED)
    assert all(each["keys"]["k1"] == "00" for each in ring.values())
    assert all(len(ring[name]["keys"]["k2"]) == 64 for name in ROTATED)


def test_a_drill_that_there_is_not_is_named(capsys):
    assert main(["backups"]) == 2
    assert "no drill backups" in capsys.readouterr().err


def test_operators_are_told_each_drill_with_its_promise():
    text = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text()
    told = dict(
        re.findall(r"^\| `(\w+)` \|.*\| (RPO <= \S+ s, RTO <= \S+ s) \|", text, re.MULTILINE)
    )
    assert told == {name: str(promise) for name, (_what, _drill, promise) in DRILLS.items()}


def test_a_replica_takes_over():
    outcome = carry_out("failover")
    assert outcome.lost.seconds <= DRILLS["failover"][2].lost
    assert (len(outcome.lost.told) > 10, outcome.lost.unopened) == (True, 0)
    assert "The audit log is whole" in outcome.auditor
