"""What a finding, a threshold and a card's reading say at their edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.card_evidence import read_card
from verification.findings import Check, Finding, Outcome, scored
from verification.images import BadImage, encode
from verification.thresholds import Thresholds

SCORES = st.floats(-1, 1)
NAMES = tuple(Thresholds.__dataclass_fields__)
VALUES = {name: at / 10 for at, name in enumerate(NAMES)}


@given(SCORES, SCORES, SCORES)
def test_a_higher_score_or_a_lower_threshold_never_turns_a_pass_into_a_failure(one, other, third):
    low, middle, high = sorted((one, other, third))
    assert scored(Check.LIVENESS, high, low).outcome == Outcome.PASSED
    if scored(Check.LIVENESS, low, middle).outcome == Outcome.PASSED:
        assert scored(Check.LIVENESS, high, middle).outcome == Outcome.PASSED


@pytest.mark.parametrize(("score", "threshold"), [(math.nan, 0.5), (0.5, math.nan)])
def test_what_is_no_number_never_passes(score, threshold):
    assert scored(Check.FACE_MATCH, score, threshold).outcome == Outcome.FAILED


def test_a_finding_has_details_of_its_own():
    one, other = (Finding(Check.REGISTER, Outcome.MISSING) for _ in range(2))
    assert one.details == {}
    assert one.details is not other.details
    assert scored(Check.LIVENESS, 0.123456, 0.1, hint="dark").details == {"hint": "dark"}


@pytest.mark.parametrize("name", NAMES)
def test_each_threshold_is_needed_and_is_read_by_its_name(name):
    thresholds = Thresholds.of(VALUES)
    assert thresholds[name] == VALUES[name]
    assert thresholds.changed({name: 5.0})[name] == 5.0
    with pytest.raises(TypeError, match=name):
        Thresholds.of({key: value for key, value in VALUES.items() if key != name})
    with pytest.raises(AttributeError):
        thresholds["no such name"]


def test_a_photo_without_a_card_says_which_side_and_gives_no_pictures():
    stages: list[str] = []
    blank = encode(np.full((480, 640, 3), 120, np.uint8))
    found = read_card(blank, blank, report=stages.append)
    assert stages == ["front", "back"]
    assert found.problem.startswith("front:")
    assert (found.portrait, found.straight) == (None, None)


@pytest.mark.parametrize(("front", "stages"), [(b"", ["front"]), (None, ["front", "back"])])
def test_a_side_that_is_no_picture_is_refused_at_its_stage(front, stages):
    blank = encode(np.full((480, 640, 3), 120, np.uint8))
    told: list[str] = []
    with pytest.raises(BadImage, match="not_an_image"):
        read_card(blank if front is None else front, b"", report=told.append)
    assert told == stages
