"""Scores against thresholds, without any picture."""

import pytest
from django.conf import settings

from verification.findings import Check, Finding, Outcome
from verification.judging import (
    THRESHOLD_OF,
    duplicate_finding,
    holder_finding,
    judged_again,
    original_finding,
)

NOW = settings.MACHINE_THRESHOLDS


@pytest.mark.parametrize("check", THRESHOLD_OF)
@pytest.mark.parametrize(("more", "outcome"), [(0.01, "passed"), (-0.01, "failed")])
def test_a_score_is_judged_by_the_new_threshold(check, more, outcome):
    name = THRESHOLD_OF[check]
    finding = Finding(check, Outcome.DOUBTFUL, 0.5, NOW[name])
    assert judged_again(finding, NOW | {name: 0.5 - more}).outcome == outcome


@pytest.mark.parametrize(
    ("likeness", "stopped", "outcome"),
    [(0.9, "", "passed"), (0.9, "misused", "doubtful"), (0.1, "", "failed"), (0.1, "x", "failed")],
)
def test_a_stopped_digital_id_is_for_a_person_however_alike_the_faces(likeness, stopped, outcome):
    finding = holder_finding(likeness, stopped, NOW)
    assert (finding.outcome, judged_again(finding, NOW)) == (outcome, finding)


def test_the_more_suspicious_of_screen_and_copy_decides():
    finding = original_finding({"screen": 0.1, "copy": 0.7}, NOW)
    assert (finding.outcome, finding.score, finding.threshold) == ("failed", 0.3, 0.5)
    assert judged_again(finding, NOW | {"card_is_copy": 0.8}).outcome == "passed"


def test_candidates_below_a_higher_threshold_fall_away():
    found = [{"subject": "a", "similarity": 0.7}, {"subject": "b", "similarity": 0.55}]
    finding = duplicate_finding(found, NOW)
    again = judged_again(finding, NOW | {"duplicate_face": 0.6})
    assert (finding.outcome, again.details["candidates"]) == ("failed", found[:1])


def test_what_has_no_threshold_stays():
    finding = Finding(Check.REGISTER, Outcome.FAILED, details={"found": False})
    assert judged_again(finding, NOW) == finding
