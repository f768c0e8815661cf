"""Whose light is on a face: the screen's of just now, another's, or nothing that can be told.

Rendered heads (devstack/demo/specimens/screen.py says what they lack) and tints by arithmetic;
on films of people measures `manage.py measure_colours`.
"""

from itertools import pairwise

import numpy as np
import pytest

from devstack.demo.specimens.coloured import coloured_frames
from devstack.demo.specimens.screen import Screen
from tests.verification.faces_pictures import MAN, PORTRAITS, WOMAN
from verification.capture import Light
from verification.faces import colours
from verification.faces.challenge import Frame
from verification.faces.colours import COLOURS, SHOWN, Tint, draw_colours, fitted, judge_colours
from verification.faces.engine import embed, find_faces

DRAWN = ["rose", "green", "yellow", "blue", "rose", "green"]
ANOTHER = ["blue", "yellow", "rose", "green", "yellow", "blue"]
EVENING, OUTDOORS = 0.14, 0.005  # of the light there


def judged(pictures: list[np.ndarray], drawn=DRAWN, apart: int = 700, whose=None) -> Light:
    frames = [Frame(one, apart * place) for place, one in enumerate(pictures)]
    first = pictures[0] if whose is None else whose
    person = embed(first, find_faces(first)[0])
    return judge_colours(drawn, frames, person).light


@pytest.fixture(scope="module", params=[WOMAN, MAN])
def path(request):
    return PORTRAITS / f"{request.param}.jpg"


@pytest.fixture(scope="module")
def evening(path):
    return coloured_frames(path, DRAWN, share=EVENING, seed=3)


def test_a_face_before_the_screen_follows_its_colours(evening):
    assert judged(evening) == Light.FOLLOWED


def test_it_does_however_the_camera_weighs_the_white(path):
    frames = coloured_frames(path, DRAWN, share=EVENING, seed=4, white=0.8)
    assert judged(frames) == Light.FOLLOWED


def test_a_film_of_other_colours_does_not(evening):
    assert judged(evening, ANOTHER) == Light.OTHER


def test_outdoors_and_of_a_still_nothing_can_be_told(path, evening):
    by_day = coloured_frames(path, DRAWN, share=OUTDOORS, seed=3)
    assert judged(by_day) == Light.UNCLEAR
    grain = np.random.default_rng(1)
    still = [np.clip(evening[0] + grain.normal(0, 2, evening[0].shape), 0, 255).astype(np.uint8)
             for _ in DRAWN]  # fmt: skip
    assert judged(still) == Light.UNCLEAR


def test_a_tint_over_the_whole_picture_is_no_light_and_one_over_the_face_passes(path):
    """The second is what a script in the page can do: it knows the colours."""
    plain = coloured_frames(path, DRAWN, share=0.0, seed=3)
    assert judged([_tinted(one, name, 1) for one, name in zip(plain, DRAWN, strict=True)]) == (
        Light.UNCLEAR
    )
    forged = []
    for one, name in zip(plain, DRAWN, strict=True):
        left, top, right, bottom = (int(edge) for edge in find_faces(one)[0].box)
        mask = np.zeros(one.shape[:2])
        mask[max(top, 0) : bottom, left:right] = 1
        forged.append(_tinted(one, name, mask[:, :, None]))
    assert judged(forged) == Light.FOLLOWED


def test_another_face_among_the_frames_is_somebody_else(evening, path):
    other = PORTRAITS / ("061f.jpg" if path.stem == WOMAN else f"{WOMAN}.jpg")
    swapped = [*evening[:5], coloured_frames(other, DRAWN, share=EVENING, seed=3)[5]]
    assert judged(swapped) == Light.SOMEBODY_ELSE


def test_too_fast_too_few_or_no_face_is_not_judged(evening):
    assert judged(evening, apart=499) == Light.UNCLEAR
    assert judged(evening, apart=3001) == Light.UNCLEAR
    assert judged(evening[:5]) == Light.UNCLEAR
    assert judged([*evening[:5], np.zeros_like(evening[5])]) == Light.UNCLEAR
    assert judged(evening, []) == Light.NOT_ASKED


def test_what_is_drawn_may_be_shown():
    """WCAG 2.3.1: equally bright, no saturated red, and all that may be drawn is drawn."""
    drawn = [draw_colours() for _ in range(300)]
    assert all(len(one) == SHOWN and len(set(one)) >= 3 for one in drawn)
    assert all(a != b for one in drawn for a, b in pairwise(one))
    assert len({tuple(one) for one in drawn}) > 200
    assert {one[place] for one in drawn for place in range(SHOWN)} == set(COLOURS)
    for colour in COLOURS.values():
        light = (np.array(colour) / 255) ** 2.2
        assert light @ [0.2126, 0.7152, 0.0722] == pytest.approx(0.5, abs=0.03)
        assert light[0] / light.sum() < 0.8


@pytest.mark.parametrize(("strength", "light"), [
    (0.2, Light.FOLLOWED), (0.05, Light.FOLLOWED), (0.01, Light.UNCLEAR), (0.0, Light.UNCLEAR),
])  # fmt: skip
def test_light_that_is_too_weak_says_nothing(strength, light):
    assert fitted(DRAWN, _tints(DRAWN, strength)).light == light


@pytest.mark.parametrize(("strength", "light"), [(0.2, Light.OTHER), (0.03, Light.UNCLEAR)])
def test_other_colours_are_told_only_where_they_are_plain(strength, light):
    assert fitted(ANOTHER, _tints(DRAWN, strength)).light == light


def test_a_room_that_shows_the_colours_too_was_tinted_with_the_face():
    tints = _tints(DRAWN, 0.1)
    assert fitted(DRAWN, [Tint(one.skin, 0.1 * one.skin) for one in tints]).light == Light.FOLLOWED
    assert fitted(DRAWN, [Tint(one.skin, 0.9 * one.skin) for one in tints]).light == Light.UNCLEAR


def test_a_screen_lights_who_is_near_and_turned_to_it():
    screen = Screen(COLOURS["rose"], 0.2)
    one = [np.zeros((1, 3)), np.zeros((1, 3)), np.array([[0.0, 2.0, 0.0]])]
    normals = np.array([[[0.0, 0.0, 1.0]], [[0.0, 0.0, 0.0]], [[1.0, 1.0, 0.0]]])
    facing, nearer, beside = screen.on(np.ones((1, 3, 3)), normals, one)[0] ** 2.2 - 1
    assert nearer[0] / facing[0] == pytest.approx((8 / 6) ** 2, rel=0.01)
    assert beside == pytest.approx(np.zeros(3), abs=1e-6)
    assert screen.on_wall(np.ones(3))[0] < 1.01


def _tints(shown: list[str], strength: float) -> list[Tint]:
    linear = [colours.linear_light(np.array(COLOURS[name])) for name in shown]
    added = [strength * np.array([one[0] - one[1], one[2] - one[1]]) for one in linear]
    noise = np.random.default_rng(2).normal(0, 0.008, (len(shown), 2))
    return [Tint(one + by, None) for one, by in zip(added, noise, strict=True)]


def _tinted(picture: np.ndarray, name: str, where: np.ndarray | float) -> np.ndarray:
    light = (picture / 255) ** 2.2
    light *= 1 + 0.14 * where * (np.array(COLOURS[name]) / 255) ** 2.2
    return np.clip(np.round(255 * light ** (1 / 2.2)), 0, 255).astype(np.uint8)
