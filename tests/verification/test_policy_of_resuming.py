"""What puts a suspended digital ID in force again: a table of all inputs."""

from itertools import product

import pytest

from tests.verification.test_policy import CHECKS, OF_A_RETURN, OUTCOMES, facts
from verification.findings import Check
from verification.policy import Judgement, Verdict, judge_resume


@pytest.mark.parametrize(("check", "outcome"), [*product(CHECKS, OUTCOMES)])
def test_a_digital_id_is_resumed_by_the_same_and_by_no_picture_that_it_shows(check, outcome):
    misses = check in [*OF_A_RETURN, "own_picture"] and outcome != "passed"
    expected = Judgement(Verdict.RETAKE, Check(check)) if misses else Judgement(Verdict.PASS)
    assert judge_resume(facts(**{check: outcome})) == expected


def test_nothing_found_resumes_nothing():
    assert judge_resume([]) == Judgement(Verdict.RETAKE, Check.FACE_FOUND)
