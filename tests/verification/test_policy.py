"""What the comparison with the former holder comes to: a person's look at worst."""

import pytest

from verification.findings import Check, Finding, Outcome
from verification.policy import Judgement, Verdict, judge, risk

PASSED = [Finding(check, Outcome.PASSED) for check in Check if check != Check.SAME_HOLDER]
REVIEW = Judgement(Verdict.REVIEW, Check.SAME_HOLDER)


def of(outcome: str | None) -> list[Finding]:
    return PASSED + ([Finding(Check.SAME_HOLDER, Outcome(outcome))] if outcome else [])


@pytest.mark.parametrize("may_retake", [True, False])
@pytest.mark.parametrize("seen_in_person", [True, False])
@pytest.mark.parametrize(
    ("outcome", "renewal", "judgement"),
    [
        ("passed", True, Judgement(Verdict.PASS)),
        ("doubtful", True, REVIEW),
        ("failed", True, REVIEW),
        ("missing", True, REVIEW),
        (None, True, REVIEW),
        (None, False, Judgement(Verdict.PASS)),
    ],
)
def test_a_renewal_needs_the_same_holder(outcome, renewal, judgement, may_retake, seen_in_person):
    given = {"may_retake": may_retake, "seen_in_person": seen_in_person}
    assert judge(of(outcome), renewal=renewal, **given) == judgement


@pytest.mark.parametrize(("outcome", "expected"), [("passed", 0), ("missing", 0), ("failed", 2)])
def test_another_face_than_the_former_ones_speaks_for_an_attack(outcome, expected):
    assert risk(of(outcome)) == expected
