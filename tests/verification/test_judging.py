"""Scores against thresholds, without any picture."""

from dataclasses import FrozenInstanceError, replace

import pytest

from verification.capture import Assurance, Capture, Light, Seen, Sign
from verification.findings import Check, Finding, Outcome, scored
from verification.judging import (
    capture_finding,
    duplicate_finding,
    holder_finding,
    judged_again,
    original_finding,
    solid_finding,
)
from verification.thresholds import Thresholds

NOW = Thresholds(
    card_sharpness=0.3,
    card_is_screen=0.5,
    card_is_copy=0.5,
    card_is_altered=0.5,
    field_confidence=0.7,
    face_quality=40.0,
    face_match=0.47,
    own_picture=0.05,
    liveness=0.8,
    solid=0.02,
    solid_sure=0.03,
    own_grain=0.42,
    duplicate_face=0.5,
)
HELD_AGAINST = [
    ("card_readable", "card_sharpness"),
    ("face_quality", "face_quality"),
    ("own_picture", "own_picture"),
    ("face_match", "face_match"),
    ("same_holder", "face_match"),
    ("liveness", "liveness"),
]


@pytest.mark.parametrize(
    ("score", "outcome"), [(0.46, "failed"), (0.4699, "failed"), (0.47, "passed"), (0.48, "passed")]
)
def test_a_score_passes_that_reaches_the_threshold(score, outcome):
    finding = scored(Check.FACE_MATCH, score, 0.47, hint="x")
    expected = Finding(Check.FACE_MATCH, Outcome(outcome), score, 0.47, {"hint": "x"})
    assert finding == expected


def test_a_score_is_judged_before_it_is_rounded():
    finding = scored(Check.FACE_MATCH, 0.46999, 0.47)
    assert (finding.outcome, finding.score) == ("failed", 0.47)


@pytest.mark.parametrize(("check", "name"), HELD_AGAINST)
@pytest.mark.parametrize(
    ("more", "outcome"), [(0.01, "passed"), (0.0, "passed"), (-0.01, "failed")]
)
def test_a_score_is_judged_by_the_new_threshold(check, name, more, outcome):
    finding = Finding(Check(check), Outcome.DOUBTFUL, 0.5, NOW[name])
    assert judged_again(finding, NOW.changed({name: 0.5 - more})).outcome == outcome


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        *[(0.019, "failed"), (0.02, "doubtful"), (0.029, "doubtful"), (0.03, "passed")],
        *[(0.5, "passed"), (None, "doubtful")],
    ],
)
def test_between_a_picture_and_a_head_there_is_doubt(score, outcome):
    finding = solid_finding(score, NOW)
    assert finding.outcome == outcome
    assert judged_again(finding, NOW) == finding


def test_another_bound_changes_what_was_taken_for_a_head():
    stricter = NOW.changed({"solid": 0.026})
    assert judged_again(solid_finding(0.025, NOW), stricter).outcome == "failed"


@pytest.mark.parametrize(
    ("capture", "outcome"),
    [
        (Capture(Assurance.ATTESTED), "passed"),
        (Capture(Assurance.LIVE), "passed"),
        (Capture(Assurance.LIVE, drawn=True), "doubtful"),
        (Capture(), "missing"),
        (Capture(signs=(Sign.FILE,)), "missing"),
    ],
)
def test_what_nobody_vouches_for_does_not_pass(capture, outcome):
    finding = capture_finding(capture, NOW)
    assert (finding.outcome, judged_again(finding, NOW)) == (outcome, finding)


SHADOWED = frozenset({Sign.SAME_GRAIN})


@pytest.mark.parametrize(
    ("capture", "grain", "outcome", "signs"),
    [
        (Capture(Assurance.LIVE), 0.41, "doubtful", ["same_grain"]),
        (Capture(Assurance.LIVE), 0.42, "passed", []),
        (Capture(Assurance.LIVE), None, "passed", []),
        (Capture(Assurance.ATTESTED), 0.1, "doubtful", ["same_grain"]),
        (Capture(Assurance.LIVE, shadowed=SHADOWED), 0.1, "passed", []),
        (Capture(Assurance.LIVE, drawn=True), 0.9, "doubtful", []),
        (Capture(), 0.9, "missing", []),
        (Capture(signs=(Sign.FILE,)), 0.1, "missing", ["file", "same_grain"]),
    ],
)
def test_grain_counts_against_a_camera_and_never_for_it(capture, grain, outcome, signs):
    finding = capture_finding(capture, NOW, Seen(grain))
    assert (finding.outcome, finding.details["signs"]) == (outcome, signs)
    assert finding.details["on_trial"] == (["same_grain"] if capture.shadowed else [])
    assert finding.details.get("grain") == grain
    assert judged_again(finding, NOW) == finding


def test_another_bound_finds_the_same_grain_or_no_more():
    finding = capture_finding(Capture(Assurance.LIVE), NOW, Seen(0.5))
    stricter = judged_again(finding, NOW.changed({"own_grain": 0.6}))
    assert (stricter.outcome, stricter.details["signs"]) == ("doubtful", ["same_grain"])
    assert judged_again(stricter, NOW) == finding


@pytest.mark.parametrize(
    ("likeness", "stopped", "outcome"),
    [
        *[(0.9, "", "passed"), (0.47, "", "passed"), (0.46, "", "failed"), (0.1, "", "failed")],
        *[(0.9, "misused", "doubtful"), (0.47, "misused", "doubtful"), (0.1, "misused", "failed")],
    ],
)
def test_a_stopped_digital_id_is_for_a_person_however_alike_the_faces(likeness, stopped, outcome):
    finding = holder_finding(likeness, stopped, NOW)
    assert (finding.outcome, judged_again(finding, NOW)) == (outcome, finding)
    assert finding.details == {"stopped": stopped}


@pytest.mark.parametrize(
    ("scores", "limits", "outcome"),
    [
        ((0.1, 0.7, 0.0), (0.5, 0.5, 0.5), "failed"),
        ((0.7, 0.1, 0.0), (0.5, 0.5, 0.5), "failed"),
        ((0.1, 0.1, 0.7), (0.5, 0.5, 0.5), "failed"),
        ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5), "passed"),
        ((0.51, 0.0, 0.0), (0.5, 0.5, 0.5), "failed"),
        ((0.0, 0.51, 0.0), (0.5, 0.5, 0.5), "failed"),
        ((0.0, 0.0, 0.51), (0.5, 0.5, 0.5), "failed"),
        ((0.1, 0.7, 0.0), (0.5, 0.8, 0.5), "passed"),
        ((0.1, 0.0, 0.7), (0.5, 0.5, 0.8), "passed"),
        ((0.6, 0.5, 0.0), (0.7, 0.4, 0.5), "failed"),  # the copy, the screen's score being higher
        ((0.5, 0.6, 0.0), (0.4, 0.7, 0.5), "failed"),
        ((0.6, 0.3, 0.0), (0.7, 0.4, 0.5), "passed"),
    ],
)
def test_any_suspicion_fails_a_card_by_its_own_threshold(scores, limits, outcome):
    named = dict(zip(("card_is_screen", "card_is_copy", "card_is_altered"), limits, strict=True))
    thresholds = replace(NOW, **named)
    details = dict(zip(("screen", "copy", "altered"), scores, strict=True))
    finding = original_finding(details, thresholds)
    assert finding.outcome == outcome
    assert judged_again(finding, thresholds) == finding


def test_the_most_suspicious_of_all_is_told_with_its_signs():
    details = {"screen": 0.1, "copy": 0.2, "altered": 0.7, "signs": ["marked"]}
    finding = original_finding(details, NOW)
    assert (finding.score, finding.threshold) == (0.3, 0.5)
    assert finding.details == details


def test_a_finding_from_before_altered_cards_were_looked_for_is_judged_by_what_it_has():
    finding = original_finding({"screen": 0.1, "copy": 0.7}, NOW)
    assert (finding.score, judged_again(finding, NOW)) == (0.3, finding)


@pytest.mark.parametrize(
    ("similarities", "kept", "score"),
    [([], 0, 1.0), ([0.49], 0, 1.0), ([0.5], 1, 0.5), ([0.7, 0.5, 0.4], 2, 0.3)],
)
def test_a_face_as_alike_as_the_threshold_is_a_duplicate(similarities, kept, score):
    found = [{"subject": str(place), "similarity": one} for place, one in enumerate(similarities)]
    finding = duplicate_finding(found, NOW)
    outcome = Outcome.FAILED if kept else Outcome.PASSED
    expected = Finding(Check.DUPLICATE, outcome, score, 0.5, {"candidates": found[:kept]})
    assert finding == judged_again(finding, NOW) == expected


def test_candidates_below_a_higher_threshold_fall_away():
    found = [{"subject": "a", "similarity": 0.7}, {"subject": "b", "similarity": 0.55}]
    again = judged_again(duplicate_finding(found, NOW), NOW.changed({"duplicate_face": 0.6}))
    assert (again.outcome, again.details["candidates"]) == ("failed", found[:1])


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Check.REGISTER, Outcome.FAILED, details={"found": False}),
        Finding(Check.CHALLENGE, Outcome.PASSED, 0.1),
        Finding(Check.SAME_HOLDER, Outcome.MISSING, details={"stopped": "misused"}),
        Finding(Check.FACE_MATCH, Outcome.MISSING),
    ],
)
def test_what_has_no_score_against_a_threshold_stays(finding):
    assert judged_again(finding, NOW) == finding


def test_thresholds_are_frozen():
    with pytest.raises(FrozenInstanceError):
        NOW.face_match = 0.0
    assert hash(NOW) == hash(replace(NOW))


def test_a_change_of_thresholds_is_another_value():
    changed = NOW.changed({"face_match": 0.6})
    assert (changed["face_match"], changed.liveness, NOW.face_match) == (0.6, 0.8, 0.47)


@pytest.mark.parametrize("names", [{"face_match"}, {"face_mach", *vars(NOW)}])
def test_a_setting_with_another_name_is_refused_at_once(names):
    with pytest.raises(TypeError):
        Thresholds.of(dict.fromkeys(names, 0.5))


@pytest.mark.parametrize(
    ("light", "signs"),
    [
        *[("", []), ("followed", []), ("unclear", [])],
        *[("other", ["other_light"]), ("somebody_else", ["other_light"])],
    ],
)
def test_only_another_light_or_face_counts_against_a_camera(light, signs):
    finding = capture_finding(Capture(Assurance.ATTESTED), NOW, Seen(light=Light(light), fits=0.1))
    assert finding.details["signs"] == signs
    assert finding.outcome == ("doubtful" if signs else "passed")
    assert judged_again(finding, NOW) == finding
    unattested = capture_finding(Capture(), NOW, Seen(light=Light(light)))
    assert unattested.outcome == "missing"
