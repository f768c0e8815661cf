"""A selfie that is the card's portrait once more, and selfies that are not.

The photos of people are somebody else's, as is the rule by which they are taken: years apart.
"""

from functools import cache

import cv2
import numpy as np
import pytest

from devstack.demo.specimens import camera, card
from devstack.demo.specimens.people import make_people
from tests.verification.faces_pictures import MAN, WOMAN, needs_photos, people, photo, selfie
from tests.verification.held_against import held_against
from verification.cards import read_front
from verification.findings import Check
from verification.images import decode

WIDE, MARGIN = 720, 180  # pixels
PAIRS = [p.split() for p in ("p1_a p1_b", "p2_a p2_b", "p2_a p2_c", "p3_a p3_b", "p4_a p4_b")]


@cache
def printed(name: str, seed: int) -> np.ndarray:
    """The portrait as the portal cuts it out of one photo of the card."""
    front = card.render_front(make_people(1, seed=3)[0], people().card_portrait(name))
    return read_front(decode(camera.photograph(front, seed=seed))).portrait


def enlarged(portrait: np.ndarray) -> np.ndarray:
    """As somebody hands it in who has nothing else of the victim."""
    scale = WIDE / portrait.shape[1]
    large = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(large, *[MARGIN] * 4, cv2.BORDER_REPLICATE)


def lit_from_the_side(picture: np.ndarray) -> np.ndarray:
    return shaded(picture, np.linspace(0.55, 1.15, picture.shape[1])[None, :, None])


def warm(picture: np.ndarray) -> np.ndarray:
    return shaded(picture, np.array([1.12, 1.0, 0.8]))


def shaded(picture: np.ndarray, light: np.ndarray) -> np.ndarray:
    return np.clip(picture * light, 0, 255).astype(np.uint8)


def grained(picture: np.ndarray) -> np.ndarray:
    grain = np.random.default_rng(1).normal(0, 8, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def tilted(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    nearer = corners + np.float32([[0, 0], [-0.1, 0.06], [-0.1, -0.06], [0, 0]]) * corners.max()
    move = cv2.getPerspectiveTransform(corners, nearer)
    return cv2.warpPerspective(picture, move, (width, height), borderMode=cv2.BORDER_REPLICATE)


def softened(picture: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), 3)


MADE = [np.copy, lit_from_the_side, warm, grained, tilted, softened]


@pytest.mark.parametrize("name", [WOMAN, MAN])
@pytest.mark.parametrize(
    "made",
    [np.copy, lit_from_the_side, warm, grained, tilted, softened],
    ids=lambda one: one.__name__,
)
def test_the_portrait_of_another_photo_of_the_card_is_no_selfie(name, made):
    found = held_against(printed(name, 1), made(enlarged(printed(name, 2))))
    assert found[Check.FACE_MATCH].outcome == "passed"
    assert found[Check.OWN_PICTURE].outcome == "failed"


@pytest.mark.parametrize("name", [WOMAN, MAN])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_selfie_of_the_person_is_more_than_the_portrait(name, seed):
    found = held_against(printed(name, 1), selfie(name, seed=seed))
    assert found[Check.FACE_MATCH].outcome == "passed"
    assert found[Check.OWN_PICTURE].outcome == "passed"


class TestPhotosOfPeople:
    pytestmark = needs_photos

    @pytest.mark.parametrize(("older", "newer"), PAIRS)
    def test_another_photo_of_a_person_is_a_picture_of_its_own(self, older, newer):
        assert held_against(photo(older), photo(newer))[Check.OWN_PICTURE].outcome == "passed"

    @pytest.mark.parametrize("name", ["p1_a", "p2_b", "p3_b", "p4_a"])
    def test_the_same_photo_smaller_lit_and_softened_is_not(self, name):
        again = softened(lit_from_the_side(cv2.resize(photo(name), None, fx=0.8, fy=0.8)))
        assert held_against(photo(name), again)[Check.OWN_PICTURE].outcome == "failed"
