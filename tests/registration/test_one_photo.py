"""Whoever has one photo of the victim's card, and nothing else, becomes nobody by it.

The worst case: the number and all it says are known, and an app that was taken over vouches
for pictures that no camera took. Selfie and head turns are the card's portrait, enlarged and bent.
"""

import cv2
import numpy as np
import pytest

from devstack.demo.specimens.turning import turned
from registration.models import Enrollment, Finding
from tests.walks import PASSWORD, Walk, card_photos, run_jobs
from verification.cards import read_front
from verification.faces.engine import find_faces
from verification.images import decode, encode

pytestmark = pytest.mark.django_db
BENT = {
    "turn_left": {"sideways": 0.5},
    "turn_right": {"sideways": -0.5},
    "look_up": {"upwards": 0.35},
    "come_closer": {"closer": 1.35},
}
FRAMES, WIDE, MARGIN = 4, 480, 120  # pixels


def of_card(which: int) -> np.ndarray:
    portrait = read_front(decode(card_photos(which)[0])).portrait
    scale = WIDE / portrait.shape[1]
    large = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(large, *[MARGIN] * 4, cv2.BORDER_REPLICATE)


def bent(picture: np.ndarray, step: str) -> list[bytes]:
    """From straight ahead to the end of the step, each frame with a grain of its own."""
    face, draw = find_faces(picture)[0], np.random.default_rng(list(BENT).index(step))
    frames = []
    for share in np.linspace(0, 1, FRAMES):
        ((name, far),) = BENT[step].items()
        far = 1 + share * (far - 1) if name == "closer" else share * far
        grain = draw.normal(0, 1.5, picture.shape)
        made = turned(picture, face, **{name: far}) + grain
        frames.append(encode(np.clip(np.round(made), 0, 255).astype(np.uint8)))
    return frames


def shows_the_portrait(walk: Walk) -> Enrollment:
    """The way of an impostor up to the machine's answer."""
    picture = of_card(walk.which)
    walk.to_selfie()
    challenge, frames = walk.turn_head(lambda step: bent(picture, step))
    walk.hand_in_selfie(encode(picture), challenge=challenge, frames=frames)
    run_jobs()
    walk.refresh()
    return walk.enrollment


def outcomes(enrollment: Enrollment) -> dict[str, str]:
    found = Finding.objects.filter(enrollment=enrollment)
    return dict(found.values_list("check_name", "outcome"))


@pytest.mark.parametrize("which", [0, 1])
def test_the_portrait_of_a_card_registers_nobody(which):
    enrollment = shows_the_portrait(Walk(which))
    assert enrollment.state in {"waiting_review", "retake"}
    found = outcomes(enrollment)
    assert (found["face_match"], found["own_picture"]) == ("passed", "failed")
    assert found["solid"] != "passed"


def test_the_portrait_of_a_card_renews_nothing():
    holder = Walk().to_consent()
    holder.consent(PASSWORD)
    enrollment = shows_the_portrait(Walk(0, renewal=True))
    assert enrollment.state in {"waiting_review", "retake"}
    assert outcomes(enrollment)["own_picture"] == "failed"
    assert holder.enrollment.state == "activated"
