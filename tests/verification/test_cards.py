"""The card reader on photos of specimens, drawn once a run."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from devstack.demo.specimens import camera, card, people
from devstack.demo.specimens.portraits import Portraits
from devstack.demo.specimens.shot import Shot
from verification.cards import read_back, read_front
from verification.cards.layout import HEIGHT, WIDTH
from verification.images import decode

PERSON = people.make_people(1, seed=4)[0]
FRONT_NAMES = (
    "number title_th first_name_th last_name_th title_en first_name_en last_name_en birth_date "
    "religion address issue_date expiry_date"
).split()
HOUSE_REGISTRATION = "ทะเบียนบ้าน  รายการเกี่ยวกับบ้าน  สัญชาติ ไทย  ใบอนุญาต  นายทะเบียน"
FONTS = Path(settings.MODELS_DIR) / "fonts"
THRESHOLDS = settings.MACHINE_THRESHOLDS


@pytest.fixture(scope="session")
def portraits():
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@pytest.fixture(scope="session")
def portrait(portraits):
    return portraits.card_portrait(portraits.names(PERSON.sex)[0])


@pytest.fixture(scope="session")
def front(portrait):
    return card.render_front(PERSON, portrait)


@pytest.fixture(scope="session")
def back():
    return card.render_back(PERSON)


@pytest.fixture(scope="session")
def good_photo(front):
    return camera.photograph(front, seed=1, background="desk")


@pytest.fixture(scope="session")
def good_side(good_photo):
    return read_front(decode(good_photo))


def values(side):
    return {name: side.fields[name].value for name in FRONT_NAMES}


def printed(person):
    return {name: getattr(person, name) for name in FRONT_NAMES}


def read_photo_of(person, portrait, **how):
    photo = camera.photograph(card.render_front(person, portrait), seed=2, **how)
    return read_front(decode(photo))


def test_every_field_of_the_front_is_read_and_sure(good_side):
    assert values(good_side) == printed(PERSON)
    assert good_side.problems == ()
    sure = THRESHOLDS["field_confidence"]
    assert [name for name, field in good_side.fields.items() if field.confidence < sure] == []


def test_the_card_is_laid_straight_and_its_portrait_cut_out(good_side):
    assert good_side.straight.shape == (HEIGHT, WIDTH, 3)
    height, width, colours = good_side.portrait.shape
    assert (height > width, colours, good_side.portrait.dtype) == (True, 3, np.dtype(np.uint8))


def test_a_good_photo_is_sharp_and_neither_screen_nor_copy(good_side):
    assert good_side.sharpness > 2 * THRESHOLDS["card_sharpness"]
    assert (good_side.screen_score, good_side.copy_score) == (0, 0)


def test_the_laser_code_is_read_off_the_back(back):
    side = read_back(decode(camera.photograph(back, seed=3)))
    assert (side.problems, side.portrait) == ((), None)
    assert side.fields["laser_code"].value == PERSON.laser_code
    assert side.fields["laser_code"].confidence >= THRESHOLDS["field_confidence"]


@pytest.mark.parametrize("background", camera.BACKGROUNDS)
def test_the_card_is_read_on_any_ground(front, background):
    side = read_front(decode(camera.photograph(front, seed=5, background=background)))
    assert values(side) == printed(PERSON)


@pytest.mark.parametrize("rotation", [180, 90, 35])
def test_a_turned_card_is_read(front, rotation):
    photo = camera.photograph(front, seed=6, rotation=rotation, share=0.58)
    assert values(read_front(decode(photo))) == printed(PERSON)


def test_an_upside_down_back_is_read(back):
    side = read_back(decode(camera.photograph(back, seed=7, rotation=180)))
    assert side.fields["laser_code"].value == PERSON.laser_code


def test_lifelong_expiry_is_read(portrait):
    person = people.valid_for_life(PERSON)
    assert values(read_photo_of(person, portrait)) == printed(person)


def test_a_single_name_is_read(portrait):
    person = people.with_single_name(PERSON)
    assert values(read_photo_of(person, portrait)) == printed(person)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("สมศักดิ์", "วงศ์สวัสดิ์"),
        ("ศักดิ์ชัย", "กุลศักดิ์ดิ์"),
        ("ทวีศักดิ์", "ประสิทธิ์"),
        ("อดิศักดิ์", "บริบูรณ์"),
        ("กฤษฎิ์", "ปู่ย่า"),
        ("ปิ่นมณี", "น้ำผึ้ง"),
    ],
)
def test_marks_above_and_below_a_letter_belong_to_it(portrait, first, last):
    side = read_photo_of(replace(PERSON, first_name_th=first, last_name_th=last), portrait)
    assert (side.fields["first_name_th"].value, side.fields["last_name_th"].value) == (first, last)


@pytest.mark.parametrize("known", ["1952", "1952-03"])
def test_a_birth_date_without_day_or_month_is_read(portrait, known):
    person = replace(PERSON, birth_date=known)
    assert values(read_photo_of(person, portrait)) == printed(person)


def test_a_number_that_fails_its_check_digit_is_doubtful(portrait):
    last = (int(PERSON.number[-1]) + 1) % 10
    side = read_photo_of(replace(PERSON, number=f"{PERSON.number[:-1]}{last}"), portrait)
    assert side.fields["number"].confidence < THRESHOLDS["field_confidence"]


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"blur": 6.0}, "blurred"),
        ({"share": 0.2}, "too_small"),
        ({"glare": 1.6}, "glare_over_field"),
    ],
)
def test_a_photo_that_cannot_be_read_says_why(front, how, problem):
    side = read_front(decode(camera.photograph(front, seed=1, **how)))
    assert (side.problems[0], side.fields) == (problem, {})


@pytest.mark.parametrize("share", [0.55, 0.75])
def test_a_card_that_lies_on_another_document_is_read_by_its_own_words(front, share):
    taken = camera.take(front, Shot(rotation=0, tilt=0, share=share, background="paper"), seed=3)
    photo = Image.fromarray(decode(taken.jpeg))
    font = ImageFont.truetype(FONTS / "Sarabun-Bold.ttf", 34)
    above, below = taken.corners[:, 1].min() - 60, taken.corners[:, 1].max() + 15
    for top in [*np.arange(above, 20, -70), *np.arange(below, photo.height - 50, 70)]:
        ImageDraw.Draw(photo).text((120, top), HOUSE_REGISTRATION, "#222", font)
    side = read_front(np.asarray(photo))
    assert (side.problems, values(side)) == ((), printed(PERSON))


@pytest.mark.parametrize("share", [0.2, 0.3])
def test_a_card_that_leaves_the_photo_is_cut_off(good_photo, share):
    assert read_front(decode(camera.cut_off(good_photo, share))).problems == ("cut_off",)


def test_a_face_is_no_card(portraits):
    selfie = decode(portraits.selfie(portraits.names("m")[0], seed=1))
    assert read_front(selfie).problems == ("not_a_thai_id_card",)
    assert read_back(selfie).problems == ("not_a_thai_id_card",)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_empty_picture_is_no_card(shade):
    empty = np.full((600, 800, 3), shade, np.uint8)
    assert read_front(empty).problems == ("not_a_thai_id_card",)


def test_the_two_sides_are_not_taken_for_each_other(good_photo, back):
    assert read_back(decode(good_photo)).problems == ("front_shown",)
    swapped = read_front(decode(camera.photograph(back, seed=3)))
    assert swapped.problems == ("back_shown",)


def test_a_photo_of_a_screen_is_recognised(good_photo):
    side = read_front(decode(camera.as_screen(good_photo)))
    assert side.screen_score > THRESHOLDS["card_is_screen"]


def test_a_grey_copy_is_recognised(good_photo):
    side = read_front(decode(camera.as_copy(good_photo)))
    assert side.copy_score > THRESHOLDS["card_is_copy"]
