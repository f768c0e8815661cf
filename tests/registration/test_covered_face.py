"""A selfie with a mask is never passed by the machine alone, and the mask is what is told."""

from functools import partial

import pytest
from django.utils import translation

from devstack.demo.specimens.covered import SURGICAL_COLOURS, covered
from devstack.demo.specimens.worn import dark_glasses, worn
from registration.models import Enrollment
from tests.walks import Walk, burst, run_jobs, selfie
from verification.faces.engine import find_faces
from verification.faces.quality import Hint, assess
from verification.images import decode, encode

pytestmark = pytest.mark.django_db
TAKE_IT_OFF = "Your mouth or nose was covered in the selfie. Please take off the mask."


def masked(which, colour="white"):
    picture = decode(selfie(which))
    face = find_faces(picture)[0]
    return encode(covered(picture, face, "surgical", colour=colour, seed=which))


def hand_in(walk, picture):
    challenge, frames = walk.turn_head(partial(burst, walk.which))
    walk.hand_in_selfie(picture, challenge=challenge, frames=frames)
    run_jobs()
    return walk.refresh()


@pytest.mark.parametrize("which", range(4))
def test_somebody_with_a_surgical_mask_is_asked_to_take_it_off(which):
    walk = Walk(which).to_selfie()
    with translation.override("en"):
        state = hand_in(walk, masked(which, SURGICAL_COLOURS[which]))
    assert (state["step"], state["retake"]) == ("retake", TAKE_IT_OFF)


@pytest.mark.parametrize("colour", SURGICAL_COLOURS)
@pytest.mark.parametrize("which", range(4))
def test_a_mask_of_any_colour_is_below_the_threshold(which, colour, settings):
    picture = decode(masked(which, colour))
    quality = assess(picture, find_faces(picture))
    assert quality.hint == Hint.COVERED
    assert quality.unified < settings.MACHINE_THRESHOLDS["face_quality"]


def test_a_mask_in_every_attempt_ends_with_an_officer(settings):
    settings.MAX_SELFIE_ATTEMPTS = 2
    walk = Walk().to_selfie()
    states = [hand_in(walk, masked(0, colour))["state"] for colour in ("blue", "black")]
    assert states[-1] == "waiting_review"
    assert not Enrollment.objects.filter(state="verified").exists()


def scarfed(picture, seed):
    picture = decode(picture)
    return encode(worn(picture, find_faces(picture)[0], "head scarf", seed=seed))


@pytest.mark.parametrize("which", range(6))
def test_somebody_with_a_head_scarf_is_not_told_to_take_it_off(which):
    """All pass but one, whose drawn scarf is no living thing to passive liveness."""
    walk = Walk(which).to_selfie()
    challenge, frames = walk.turn_head(
        lambda step: [scarfed(frame, which) for frame in burst(which, step)]
    )
    walk.hand_in_selfie(scarfed(selfie(which), which), challenge=challenge, frames=frames)
    run_jobs()
    state = walk.refresh()["state"]
    missed = [one.check_name for one in walk.enrollment.findings.exclude(outcome="passed")]
    assert (state, missed) == (("retake", ["liveness"]) if which == 1 else ("verified", []))


def test_somebody_with_dark_glasses_is_asked_to_take_them_off():
    walk = Walk().to_selfie()
    picture = decode(selfie(0))
    state = hand_in(walk, encode(dark_glasses(picture, find_faces(picture)[0])))
    assert (state["step"], "dark glasses" in state["retake"]) == ("retake", True)
