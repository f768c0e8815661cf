"""What a turned head shows and a warped picture does not: on our own pictures, by arithmetic.

What films of people and attacks made of them score stands in tests/devstack/test_turns.py.
"""

import cv2
import numpy as np
import pytest

from devstack.demo.specimens.turning import turned
from tests.verification.faces_pictures import MAN, WOMAN, selfie
from verification.faces.detection import Face, find_faces
from verification.faces.solid import (
    MOST_FRAMES,
    OWN_GRAIN,
    SOLID,
    Solid,
    compare,
    solidity,
    weigh,
)

SMALL = 0.5  # keeps 60 pixels and more between the eyes


@pytest.fixture(scope="module", params=[WOMAN, MAN])
def straight(request):
    return seen(cv2.resize(selfie(request.param), None, fx=SMALL, fy=SMALL))


def seen(picture: np.ndarray) -> tuple[np.ndarray, Face]:
    return picture, find_faces(picture)[0]


def warped(straight: tuple[np.ndarray, Face], sideways: float = 0.5) -> np.ndarray:
    return turned(*straight, sideways=sideways)


def noisy(picture: np.ndarray, seed: int) -> np.ndarray:
    """As a small sensor in a room has it."""
    grain = np.random.default_rng(seed).normal(0, 10, picture.shape)
    return np.clip(np.round(picture + grain), 0, 255).astype(np.uint8)


def lit(picture: np.ndarray, *, strength: float, channels: slice) -> np.ndarray:
    """Brighter from the left to the right, by the exponential: its logarithm is a slope."""
    slope = np.exp(strength * (np.linspace(0, 1, picture.shape[1]) - 0.5))[None, :, None]
    made = picture.astype(float)
    made[..., channels] *= slope
    return np.clip(np.round(made), 0, 255).astype(np.uint8)


def test_the_score_is_the_cube_root_of_the_product():
    assert Solid(0.2, 0.1, 0.05).score == pytest.approx(0.1)
    assert Solid(0.2, 0.0, 0.05).score == 0.0


def test_a_picture_moved_and_resized_shows_nothing_new(straight):
    move = np.float32([[0.95, 0.10, 12], [-0.10, 0.95, 20]])
    moved = cv2.warpAffine(straight[0], move, straight[0].shape[1::-1])
    assert compare(straight, seen(moved)).score < 0.2 * SOLID


def test_a_warp_of_the_picture_shows_nothing_new(straight):
    assert compare(straight, seen(warped(straight))).score < 0.5 * SOLID


def test_noise_and_blur_make_no_skin_out_of_a_warp(straight):
    made = warped(straight)
    grain = np.random.default_rng(1).normal(0, 15, made.shape)
    noisy = np.clip(np.round(made + grain), 0, 255).astype(np.uint8)
    assert compare(straight, seen(noisy)).score < SOLID
    assert compare(straight, seen(cv2.GaussianBlur(made, (0, 0), 2.5))).score < SOLID


def test_a_warp_has_the_grain_of_the_picture_and_a_camera_one_of_its_own(straight):
    grainy = [noisy(straight[0], seed) for seed in (1, 2)]
    bent = compare(seen(grainy[0]), seen(warped(seen(grainy[0]))))
    filmed = compare(seen(grainy[0]), seen(grainy[1]))
    assert bent.grain < min(OWN_GRAIN, filmed.grain - 0.1)
    assert compare(straight, straight).grain == pytest.approx(0, abs=0.05)


def test_of_two_sides_the_one_with_less_grain_of_its_own_counts(straight):
    left, right = seen(warped(straight, -0.5)), seen(noisy(warped(straight, 0.5), 3))
    least = min(compare(straight, one).grain for one in (left, right))
    assert weigh([straight, left, right]).grain == pytest.approx(least)
    assert weigh([straight]).grain is None


def test_other_skin_is_new(straight):
    other = seen(selfie("061f", seed=3))
    assert compare(straight, other).novelty > 0.1


def test_light_from_the_side_is_shade_and_colour_only_where_it_is_coloured(straight):
    before = compare(straight, straight)
    white = compare(straight, seen(lit(straight[0], strength=1.0, channels=slice(0, 3))))
    red = compare(straight, seen(lit(straight[0], strength=1.0, channels=slice(0, 1))))
    assert (before.shade, before.chroma) == pytest.approx((0, 0), abs=1e-3)
    assert white.shade > 0.04
    assert white.chroma < 0.4 * white.shade
    assert red.chroma > 0.04


def test_pictures_that_are_not_turned_far_are_not_judged(straight):
    assert solidity([straight]) is None
    assert solidity([straight, straight]) is None


def test_of_two_sides_the_worse_counts_and_of_each_the_mean(straight):
    left, right = seen(warped(straight, -0.5)), seen(warped(straight, 0.5))
    scores = [compare(straight, one).score for one in (left, right)]
    assert solidity([straight, left, right]) == pytest.approx(min(scores))
    assert solidity([straight, right, right]) == pytest.approx(scores[1])


def test_a_true_turn_to_one_side_does_not_cover_for_a_warp_to_the_other(straight):
    """The light to the right is real; to the left there is one picture of it."""
    bright = seen(lit(warped(straight, 0.5), strength=1.0, channels=slice(0, 2)))
    left = seen(warped(straight, -0.5))
    assert compare(straight, bright).score > compare(straight, left).score
    assert solidity([straight, *[bright] * 3, left]) == compare(straight, left).score


def test_of_one_side_those_turned_furthest_are_looked_at(straight):
    near, far = seen(warped(straight, 0.45)), seen(warped(straight, 0.55))
    score = compare(straight, far).score
    assert solidity([straight, near, *[far] * MOST_FRAMES]) == pytest.approx(score)
