"""The whole reader on photos of fictional people's cards in real grounds, nothing being given."""

import cv2
import numpy as np
import pytest

from tests.verification.test_recogniser import CARDS, needs_cards
from training.whole import GROUPS, tried
from verification.cards import read_back, read_front
from verification.cards.fields import DOUBTFUL
from verification.signs import seen

LEAST = {"number": 0.97, "Thai name": 0.92, "English name": 0.92, "dates": 0.95, "address": 0.85,
         "religion": 0.95, "laser code": 0.95}  # fmt: skip
SURE = 0.7

pytestmark = needs_cards


@pytest.fixture(scope="module")
def photos():
    return tried(CARDS)


def opened(name: str) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(CARDS / "photos" / name)), cv2.COLOR_BGR2RGB)


def values(side):
    return {name: field.value for name, field in side.fields.items()}


def test_every_side_is_found_and_none_refused(photos):
    assert [(one.read.problems, bool(one.read.fields)) for one in photos] == [((), True)] * 28


def test_no_side_is_suspected(photos):
    assert [seen(one.read.signs) for one in photos] == [[]] * 28


@pytest.mark.parametrize(("kind", "names"), GROUPS.items(), ids=GROUPS)
def test_fields_are_read_as_printed(photos, kind, names):
    pairs = [
        (one.read.fields[name].value, one.printed[name])
        for one in photos
        for name in names
        if name in one.printed
    ]
    assert sum(said == printed for said, printed in pairs) >= LEAST[kind] * len(pairs)


def test_what_is_sure_is_right_and_most_is_sure(photos):
    fields = [
        (field.value == one.printed[name], field.confidence >= SURE)
        for one in photos
        for name, field in one.read.fields.items()
    ]
    assert not [right for right, sure in fields if sure and not right]
    assert sum(sure for _, sure in fields) > 0.97 * len(fields)


@pytest.mark.parametrize("quarter", [1, 2, 3])
@pytest.mark.parametrize("name", ["05_table.jpg", "19_hand_b_finger.jpg"])
def test_a_front_is_read_any_way_up(photos, name, quarter):
    turned = np.ascontiguousarray(np.rot90(opened(name), quarter))
    upright = values(read_front(opened(name)))
    read = values(read_front(turned))
    assert sum(read.get(field) == value for field, value in upright.items()) >= len(upright) - 1


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_back_is_read_any_way_up(quarter):
    back = opened("24_table_back.jpg")
    turned = np.ascontiguousarray(np.rot90(back, quarter))
    assert values(read_back(turned)) == values(read_back(back)) == {"laser_code": "JA5-9501813-98"}


def test_a_card_380_pixels_wide_gives_its_number():
    photo = opened("02_scan_cropped.jpg")
    small = cv2.resize(photo, None, fx=380 / 1237, fy=380 / 1237, interpolation=cv2.INTER_AREA)
    side = read_front(small)
    assert side.fields["number"].value == values(read_front(photo))["number"]
    assert side.fields["number"].confidence > DOUBTFUL


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ((0, 1), (0, 0.72)),  # no portrait
        ((0, 1), (0.3, 1)),  # no address, no issue
        ((0.32, 1), (0, 1)),  # no number
        ((0, 0.72), (0, 1)),  # no dates below
    ],
)
def test_a_card_whose_needed_lines_are_beyond_the_border_is_cut_off(rows, columns):
    photo = opened("09_scan.jpg")
    down, across = (slice(*(round(share * size) for share in part)) for part, size in
                    zip((rows, columns), photo.shape[:2], strict=True))  # fmt: skip
    side = read_front(np.ascontiguousarray(photo[down, across]))
    assert (side.problems[0], side.fields) == ("cut_off", {})


def test_a_cut_edge_that_no_line_is_on_is_no_cut_off_card():
    photo = opened("21_marble.jpg")
    shaved = np.ascontiguousarray(photo[60:-60, 75:])
    side = read_front(shaved)
    assert (side.problems, values(side)) == ((), values(read_front(photo)))


def test_the_sides_are_not_taken_for_each_other():
    assert read_back(opened("05_table.jpg")).problems == ("front_shown",)
    assert read_front(opened("26_hand_b_back.jpg")).problems == ("back_shown",)
