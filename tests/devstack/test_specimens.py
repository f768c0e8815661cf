"""The made-up people, their cards, photos, selfies and films."""

import io
import re
from dataclasses import asdict, replace
from pathlib import Path

import cv2
import geothai
import numpy as np
import pytest
from django.conf import settings
from PIL import Image
from stdnum.th import pin

from devstack.demo.specimens import camera, card, names, people, video
from devstack.demo.specimens.portraits import SELFIE, STEPS, Portraits
from verification.faces.challenge import TURNED
from verification.faces.detection import find_faces
from verification.faces.engine import embed, similarity
from verification.faces.pose import pose_of

PEOPLE = people.make_people(200, seed=5)


@pytest.fixture(scope="module")
def portraits():
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@pytest.fixture(scope="module")
def front(portraits):
    return card.render_front(PEOPLE[0], portraits.card_portrait(portraits.names("f")[0]))


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg))


def pixels(jpeg):
    return np.asarray(opened(jpeg).convert("RGB"))


def grey_spread(jpeg):
    return cv2.Laplacian(cv2.cvtColor(pixels(jpeg), cv2.COLOR_RGB2GRAY), cv2.CV_64F).var()


def embedded(picture):
    return embed(picture, find_faces(picture)[0])


def test_every_number_is_valid_and_starts_with_1_to_8():
    assert [one.number for one in PEOPLE if not pin.is_valid(one.number)] == []
    assert {one.number[0] for one in PEOPLE} == set("12345678")


def test_no_two_people_share_a_number():
    assert len({one.number for one in PEOPLE}) == len(PEOPLE)


def test_the_same_seed_makes_the_same_people_and_another_seed_others():
    assert people.make_people(20, seed=5) == PEOPLE[:20]
    assert not set(people.make_people(20, seed=6)) & set(PEOPLE)


def test_there_are_as_many_women_as_men():
    assert [one.sex for one in PEOPLE].count("f") == len(PEOPLE) / 2


@pytest.mark.parametrize(("text", "least"), [("WOMEN", 60), ("MEN", 60), ("FAMILIES", 80)])
def test_names_are_plenty_and_each_is_listed_once(text, least):
    pairs = names.pairs(getattr(names, text))
    assert len(pairs) >= least
    assert len({thai for thai, _ in pairs}) == len(pairs)
    assert [thai for thai, _ in pairs if not re.fullmatch("[ก-๛ ]+", thai)] == []
    assert [english for _, english in pairs if not re.fullmatch("[A-Z][A-Za-z ]+", english)] == []


def test_laser_codes_and_request_numbers_have_their_form():
    codes = [one.laser_code for one in PEOPLE]
    assert [code for code in codes if not re.fullmatch(r"[A-Z]{2}\d-\d{7}-\d{2}", code)] == []
    for one in PEOPLE:
        office, counter, time = one.request_number.split("-")
        assert (office, len(counter)) == (one.office_code, 2)
        assert time[:4] == one.issue_date[5:].replace("-", "")
        assert "0830" <= time[4:] < "1630"


@pytest.mark.parametrize(
    ("born", "issued", "expires"),
    [
        ("1980-05-20", "2021-04-01", "2029-05-19"),
        ("1980-05-20", "2021-06-01", "2030-05-19"),
        ("1980-05-20", "2009-06-01", "2016-05-19"),
        ("1980-01-31", "2021-06-01", "2030-01-30"),
        ("1980-02-29", "2014-06-01", "2023-02-28"),
        ("1980", "2021-06-01", "2029-12-31"),
    ],
)
def test_a_card_ends_on_the_eve_of_a_birthday(born, issued, expires):
    person = replace(PEOPLE[0], birth_date=born, issue_date=issued)
    assert people.reissued(person, int(issued[:4])).expiry_date == expires


def test_a_card_issued_anew_carries_the_day_in_its_request_number():
    leap = replace(PEOPLE[0], issue_date="2024-02-29", request_number="9901-02-02291530")
    again = people.reissued(leap, 2023)
    assert (again.issue_date, again.request_number) == ("2023-03-01", "9901-02-03011530")


def test_an_address_is_in_the_district_of_the_office():
    for one in PEOPLE:
        district = geothai.district(one.office_code)
        assert district.name_th in one.address
        assert geothai.province(district.province_code).name_th in one.address


def test_special_cases_change_only_what_they_are_about():
    one = PEOPLE[0]
    for change, fields in (
        (people.with_single_name, {"last_name_th", "last_name_en"}),
        (people.with_open_birthday, {"birth_date"}),
        (people.valid_for_life, {"expiry_date"}),
        (people.expired, {"issue_date", "expiry_date"}),
    ):
        before, after = asdict(one), asdict(change(one))
        assert {name for name in before if before[name] != after[name]} == fields


@pytest.mark.parametrize(
    ("iso", "thai", "english"),
    [
        ("1981-02-12", "12 ก.พ. 2524", "12 Feb. 1981"),
        ("1952-03", "- มี.ค. 2495", "- Mar. 1952"),
        ("1952", "- - 2495", "- - 1952"),
        ("lifelong", "ตลอดชีพ", "LIFELONG"),
    ],
)
def test_dates_are_written_as_cards_write_them(iso, thai, english):
    assert (card.thai_date(iso), card.english_date(iso)) == (thai, english)


@pytest.mark.parametrize("width", [800, 1600])
def test_both_sides_have_the_shape_of_a_card_and_rounded_corners(portraits, width):
    portrait = portraits.card_portrait(portraits.names("m")[0])
    for side in (
        card.render_front(PEOPLE[1], portrait, width=width),
        card.render_back(PEOPLE[1], width=width),
    ):
        assert (side.mode, side.size) == ("RGBA", (width, round(width * 53.98 / 85.60)))
        assert side.getpixel((0, 0))[3] == 0
        assert side.getpixel((width // 2, 5))[3] == 255


def test_cards_differ_from_person_to_person(front, portraits):
    portrait = portraits.card_portrait(portraits.names("f")[0])
    other = card.render_front(PEOPLE[2], portrait)
    assert front.tobytes() != other.tobytes()
    assert card.render_back(PEOPLE[0]).tobytes() != card.render_back(PEOPLE[2]).tobytes()
    assert card.render_front(PEOPLE[0], portrait).tobytes() == front.tobytes()


@pytest.mark.parametrize("background", camera.BACKGROUNDS)
def test_a_photo_is_a_jpeg_of_its_size_and_the_same_for_its_seed(front, background):
    photo = camera.photograph(front, seed=3, background=background)
    assert (opened(photo).format, opened(photo).size) == ("JPEG", camera.SIZE)
    assert photo == camera.photograph(front, seed=3, background=background)
    assert photo != camera.photograph(front, seed=4, background=background)


def test_a_photo_knows_where_the_corners_of_its_card_are(front):
    how = {"tilt": 0.0, "rotation": 0.0, "lean": 20.0, "background": "dark", "tint": 0.0}
    upright = camera.take(front, camera.Shot(**how), seed=3)
    turned = camera.take(front, camera.Shot(**how, quarter=1), seed=3)
    tight = camera.take(front, camera.Shot(**how, margin=-0.01), seed=3)
    assert opened(turned.jpeg).size == camera.SIZE[::-1]
    assert turned.corners[0] == pytest.approx((upright.corners[0][1], 1600 - upright.corners[0][0]))
    assert (tight.corners[0] < 0).any()
    seen = pixels(upright.jpeg).astype(int).mean(axis=2)
    middle = upright.corners.mean(axis=0)
    for corner in upright.corners:
        inside, outside = (np.round(middle + share * (corner - middle)).astype(int)
                           for share in (0.95, 1.05))  # fmt: skip
        assert seen[inside[1], inside[0]] > seen[outside[1], outside[0]] + 50


def test_fingers_lie_over_the_edge_and_leave_the_fields_alone(front):
    how = {"tilt": 0.0, "rotation": 0.0, "noise": 0.0}
    bare = camera.take(front, camera.Shot(**how), seed=3)
    held = camera.take(front, camera.Shot(**how, fingers=3), seed=3)
    changed = (np.abs(pixels(bare.jpeg).astype(int) - pixels(held.jpeg)) > 40).any(axis=2)
    assert changed.mean() > 0.005
    left, top = bare.corners[0]
    right, bottom = bare.corners[2]
    wide, high = right - left, bottom - top
    names = changed[round(top + 0.1 * high) : round(top + 0.9 * high),
                    round(left + 0.17 * wide) : round(left + 0.74 * wide)]  # fmt: skip
    assert not names.any()


@pytest.mark.parametrize("background", camera.PATTERNS)
def test_a_pattern_is_no_even_ground(front, background):
    photo = pixels(camera.photograph(front, seed=3, background=background, share=0.4))
    assert photo[:250].std() > 12


def test_a_scan_is_filled_by_the_card_and_may_miss_its_border(front):
    whole, cut = (opened(camera.scan(front, seed=1, cut=share)).width for share in (0.0, 0.01))
    assert (abs(whole - front.width) <= 4, abs(cut - 0.98 * front.width) <= 4) == (True, True)


def test_spoilt_photos_are_spoilt(front):
    photo = camera.photograph(front, seed=3)
    assert grey_spread(camera.blurred(photo)) < 0.2 * grey_spread(photo)
    assert camera.cut_off(photo, 0.3) != photo
    assert opened(camera.cut_off(photo, 0.3)).size == (1120, 1200)
    assert np.ptp(pixels(camera.as_copy(photo)), axis=2).max() < 12
    assert opened(camera.as_screen(photo)).size == camera.SIZE


@pytest.mark.parametrize("sex", ["f", "m"])
def test_a_selfie_shows_the_person_of_the_portrait_and_nobody_else(portraits, sex):
    one, other = portraits.names(sex)[:2]
    selfie = portraits.selfie(one, seed=1)
    assert (opened(selfie).size, selfie) == (SELFIE, portraits.selfie(one, seed=1))
    alike = settings.MACHINE_THRESHOLDS["face_match"]
    shown = embedded(pixels(selfie))
    assert similarity(shown, embedded(np.asarray(portraits.card_portrait(one)))) > alike
    assert similarity(shown, embedded(np.asarray(portraits.card_portrait(other)))) < alike


@pytest.mark.parametrize("sex", ["f", "m"])
def test_frames_show_the_head_turned_lifted_and_closer(portraits, sex):
    frames = portraits.selfie_frames(portraits.names(sex)[2], list(STEPS), seed=1)
    assert [opened(frame).size for frame in frames] == [(480, 640)] * 5
    poses = [pose_of(find_faces(pixels(frame))[0]) for frame in frames]
    straight, left, right, up, closer = poses
    assert left.turn - straight.turn >= TURNED
    assert straight.turn - right.turn >= TURNED
    assert up.lift < straight.lift
    assert closer.eyes > 1.15 * straight.eyes


def test_a_film_is_one_jpeg_after_the_other_at_the_pace_asked_for(front, tmp_path):
    frames = [front, camera.photograph(front, seed=1)]
    path = video.write_mjpeg(frames, tmp_path / "film.mjpeg", fps=10, size=(640, 360))
    film = cv2.VideoCapture(str(path))
    shown = [picture for read, picture in iter(film.read, (False, None)) if read]
    assert [picture.shape for picture in shown] == [(360, 640, 3)] * (2 * video.PLAYED // 10)
