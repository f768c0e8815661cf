"""What makes a selfie good enough, and which hint a bad one gets."""

import cv2
import numpy as np
import pytest
from django.conf import settings

from tests.verification.faces_pictures import (
    MAN,
    PORTRAITS,
    WOMAN,
    blurred,
    needs_photos,
    people,
    photo,
    portrait,
    selfie,
    turned,
)
from verification.faces.engine import find_faces
from verification.faces.quality import Hint, assess
from verification.images import decode

GOOD = settings.MACHINE_THRESHOLDS["face_quality"]


def judged(picture):
    return assess(picture, find_faces(picture))


def part(picture, *, left=0.0, top=0.0, right=1.0, bottom=1.0):
    """Cut at these shares of the face's box, where 0 and 1 mean the picture's edge."""
    box = find_faces(picture)[0].box
    x = [int(box[0] + share * (box[2] - box[0])) for share in (left, right)]
    y = [int(box[1] + share * (box[3] - box[1])) for share in (top, bottom)]
    rows = slice(y[0] if top else 0, y[1] if bottom < 1 else None)
    columns = slice(x[0] if left else 0, x[1] if right < 1 else None)
    return np.ascontiguousarray(picture[rows, columns])


def with_shut_eyes(picture):
    """Lids in the colour of the skin below, closed by a dark line."""
    face, shut = find_faces(picture)[0], picture.copy()
    for eye in (slice(36, 42), slice(42, 48)):
        (left, top), (right, bottom) = (
            getattr(face.landmarks[eye], end)(0) for end in ("min", "max")
        )
        wide, tall, below = right - left, bottom - top, int(bottom + 0.25 * (right - left))
        skin = picture[below : below + 8, int(left) : int(right)].reshape(-1, 3).mean(0)
        middle = (int((left + right) / 2), int((top + bottom) / 2))
        cv2.ellipse(shut, middle, (int(wide * 0.6), int(tall * 0.75)), 0, 0, 360, skin.tolist(), -1)
        cv2.line(shut, (int(left), int(bottom)), (int(right), int(bottom)), (40, 30, 30), 2)
    return shut


@pytest.mark.parametrize("name", [WOMAN, MAN])
def test_a_good_selfie_is_well_above_the_threshold_and_gets_no_hint(name):
    quality = judged(selfie(name))

    assert (quality.face_count, quality.hint) == (1, None)
    assert quality.unified > GOOD + 25


def test_no_face_is_the_hint_for_an_empty_picture():
    quality = judged(np.full((960, 720, 3), 90, np.uint8))

    assert (quality.face_count, quality.unified, quality.hint) == (0, 0.0, Hint.NO_FACE)


def test_two_people_are_two_faces():
    quality = judged(decode(people().selfie(WOMAN, seed=1, fault="two faces")))

    assert (quality.face_count, quality.unified, quality.hint) == (2, 0.0, Hint.SEVERAL_FACES)


def test_a_small_face_in_the_background_is_no_second_person():
    picture = selfie()
    picture[-130:, :100] = cv2.resize(selfie(MAN), (100, 130))
    faces = find_faces(picture)

    assert assess(picture, faces).face_count == 1


@pytest.mark.parametrize("name", [WOMAN, MAN])
@pytest.mark.parametrize(
    ("spoil", "hint"),
    [
        (lambda picture: cv2.resize(picture, None, fx=0.2, fy=0.2), Hint.TOO_FAR),
        (lambda picture: (picture * 0.15).astype(np.uint8), Hint.TOO_DARK),
        (lambda picture: cv2.add(picture, np.full_like(picture, 150)), Hint.TOO_BRIGHT),
        (lambda picture: blurred(picture, share=0.025), Hint.BLURRED),
        (lambda picture: part(picture, bottom=0.68), Hint.CUT_OFF),
        (lambda picture: part(picture, left=0.35), Hint.CUT_OFF),
        (lambda picture: turned(picture, 1), Hint.NOT_UPRIGHT),
        (with_shut_eyes, Hint.EYES_CLOSED),
    ],
    ids=["far", "dark", "bright", "blurred", "no chin", "half", "lying", "asleep"],
)  # fmt: skip
def test_a_spoilt_selfie_is_below_the_threshold_and_says_why(name, spoil, hint):
    quality = judged(spoil(selfie(name)))

    assert (quality.hint, quality.unified < GOOD) == (hint, True)


def test_a_dark_specimen_is_too_dark():
    quality = judged(decode(people().selfie(MAN, seed=1, fault="dark selfie")))

    assert (quality.hint, quality.unified < GOOD) == (Hint.TOO_DARK, True)


@pytest.mark.parametrize("name", ["045m", "056f", "024f"])
def test_a_head_turned_away_is_said_to_be(name):
    quality = judged(portrait(name))

    assert (quality.hint, quality.unified < GOOD) == (Hint.TURNED_AWAY, True)


def test_portraits_are_upright():
    names = [path.stem for path in sorted(PORTRAITS.glob("*.jpg"))]
    lying = [name for name in names if judged(portrait(name)).hint == Hint.NOT_UPRIGHT]

    assert (len(names) > 100, lying) == (True, [])


class TestPhotos:
    pytestmark = needs_photos

    @pytest.mark.parametrize("name", ["p1_b", "p2_a", "p3_a", "p3_b", "p4_a", "p4_b", "p5_a"])
    def test_a_photo_from_near_is_good(self, name):
        quality = judged(photo(name))

        assert (quality.hint, quality.unified > GOOD + 25) == (None, True)

    @pytest.mark.parametrize("quarters", [1, 2, 3])
    @pytest.mark.parametrize("name", ["p3_a", "p4_b", "p5_a"])
    def test_a_photo_held_the_wrong_way_is_noticed(self, name, quarters):
        assert judged(turned(photo(name), quarters)).hint == Hint.NOT_UPRIGHT
