"""A picture is known again however it is altered, and another moment is another picture."""

import io
import uuid
from collections.abc import Callable
from itertools import combinations

import cv2
import numpy as np
import pytest
from django.db import connection
from PIL import Image

from registration.watermark import watermarked
from tests.verification.faces_pictures import MAN, PHOTOS, WOMAN, needs_photos, people
from verification.findings import Check, Outcome
from verification.images import decode, encode, reencode
from verification.models import SeenPicture
from verification.pictures_seen import (
    FIND,
    NEAR,
    NEAR_OWN,
    forget_pictures,
    fresh_finding,
    prints_of,
    remember_pictures,
)
from verification.prints import apart, bands, print_of

ME, OTHER = uuid.uuid4(), uuid.uuid4()


def taken(name: str = WOMAN, *, seed: int = 1) -> bytes:
    """As it is kept: 720 x 960."""
    return reencode(people().selfie(name, seed=seed), max_side=1600)


def altered(change: Callable[[np.ndarray], np.ndarray], *, quality: int = 85) -> bytes:
    picture = change(decode(taken())).clip(0, 255).astype(np.uint8)
    return reencode(encode(np.ascontiguousarray(picture), quality=quality))


def with_exif(picture: bytes) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "another phone"
    with Image.open(io.BytesIO(picture)) as opened:
        opened.save(out, "JPEG", quality="keep", exif=exif)
    return reencode(out.getvalue())


def one_pixel(picture: np.ndarray) -> np.ndarray:
    picture[10, 10] = 255 - picture[10, 10]
    return picture


def grain(picture: np.ndarray) -> np.ndarray:
    return picture + np.random.default_rng(5).normal(0, 4, picture.shape)


ALTERED = {
    "the same file": taken,
    "EXIF": lambda: with_exif(taken()),
    "one pixel": lambda: altered(one_pixel),
    "quality 30": lambda: altered(lambda picture: picture, quality=30),
    "half as large": lambda: altered(lambda picture: cv2.resize(picture, None, fx=0.5, fy=0.5)),
    "larger": lambda: altered(lambda picture: cv2.resize(picture, None, fx=1.3, fy=1.3)),
    "grain": lambda: altered(grain),
    "brighter": lambda: altered(lambda picture: picture * 1.1),
    "mirrored": lambda: altered(lambda picture: picture[:, ::-1]),
    "a row of pixels cut off": lambda: altered(lambda picture: picture[2:, 2:]),
    "an officer's watermark": lambda: reencode(watermarked(taken(), text="officer 12 2026-11-28")),
}


def outcome(picture: bytes, *, subject: uuid.UUID = ME, frames: tuple[bytes, ...] = ()) -> str:
    return fresh_finding(prints_of(picture, frames), subject=subject).outcome


@pytest.mark.django_db
@pytest.mark.parametrize("change", ALTERED)
def test_a_picture_is_known_again_from_whomever(change):
    remember_pictures(prints_of(taken(), []), subject=OTHER)
    finding = fresh_finding(prints_of(ALTERED[change](), []), subject=ME)
    (candidate,) = finding.details["candidates"]
    assert [finding.check, finding.outcome] == [Check.FRESH_PICTURES, Outcome.FAILED]
    assert [candidate["subject"], candidate["similarity"] > 0.93] == [str(OTHER), True]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["the same file", "EXIF", "quality 30", "half as large"])
def test_ones_own_picture_of_an_earlier_try_is_known_again(change):
    remember_pictures(prints_of(taken(), []), subject=ME)
    finding = fresh_finding(prints_of(ALTERED[change](), []), subject=ME)
    details = {"candidates": [], "own": True, "repeated": False, "pictures": [0]}
    details["verified_before"] = []
    assert [finding.outcome, finding.details] == [Outcome.FAILED, details]


@pytest.mark.django_db
def test_an_officers_copy_of_what_was_verified_is_known_where_somebody_comes_back():
    remember_pictures(prints_of(taken(), []), subject=ME)
    copied = prints_of(ALTERED["an officer's watermark"](), [])
    found = [fresh_finding(copied, subject=ME, later=later).outcome for later in (False, True)]
    assert found == [Outcome.PASSED, Outcome.FAILED]


@pytest.mark.django_db
def test_another_picture_of_the_same_person_is_fresh():
    remember_pictures(prints_of(taken(), [taken(MAN)]), subject=OTHER)
    assert outcome(taken(seed=2), frames=(taken(seed=3), taken(MAN, seed=4))) == Outcome.PASSED


@pytest.mark.django_db
def test_a_frame_among_others_is_known_again_and_named_by_its_place():
    remember_pictures(prints_of(taken(seed=2), []), subject=OTHER)
    finding = fresh_finding(prints_of(taken(), [taken(seed=2), taken(seed=3)]), subject=ME)
    assert [finding.outcome, finding.details["pictures"]] == [Outcome.FAILED, [1]]


@pytest.mark.django_db
def test_no_camera_takes_one_picture_twice_in_a_submission():
    assert outcome(taken(), frames=(taken(seed=2), taken(seed=2))) == Outcome.FAILED
    small = reencode(taken(), max_side=640)
    assert outcome(taken(), frames=(small, taken(seed=2))) == Outcome.PASSED


@pytest.mark.django_db
def test_each_picture_is_kept_once_and_nothing_personal_with_it():
    for subject in (OTHER, ME):
        remember_pictures(prints_of(taken(), [taken(seed=2)]), subject=subject)
    kept = SeenPicture.objects.all()
    assert [len(kept), {one.subject for one in kept}] == [2, {OTHER}]
    names = {field.name for field in SeenPicture._meta.fields}
    said = {"id", "digest", "subject", "later", "key_id", "code", "bands", "created_at"}
    assert names == said
    forget_pictures(OTHER)
    assert not SeenPicture.objects.exists()


@pytest.mark.django_db
def test_near_pictures_are_found_by_an_index():
    wanted = bands(print_of(taken()).code("t1"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {FIND}", [wanted, [bytes(32)]])
        plan = " ".join(line for (line,) in cursor.fetchall())
    indexes = ("seen_by_band", "one_row_a_picture")
    assert [name in plan for name in indexes] == [True, True]


def test_the_mirrored_code_is_the_code_of_the_mirrored_picture():
    mirrored = encode(np.ascontiguousarray(decode(taken())[:, ::-1]), quality=95)
    one = print_of(taken()).code("t1", mirrored=True)
    assert apart(one, print_of(mirrored).code("t1")) <= 5


class TestFilmsOfPeople:
    pytestmark = needs_photos

    def test_two_moments_of_one_film_are_two_pictures(self):
        """As alike as an honest person's tries can be: one camera at rest, parts of a second."""
        films: dict[str, list[np.ndarray]] = {}
        for path in sorted((PHOTOS / "turns").glob("*.jpg")):
            code = print_of(reencode(path.read_bytes())).code("t1")
            films.setdefault(path.stem[:-3], []).append(code)
        pairs = [apart(*pair) for film in films.values() for pair in combinations(film, 2)]
        near = [sum(bits <= bound for bits in pairs) / len(pairs) for bound in (NEAR_OWN, NEAR)]
        assert len(pairs) > 1_000
        assert [near[0], near[1] < 0.03] == [0.0, True]
