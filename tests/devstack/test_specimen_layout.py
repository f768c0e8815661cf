"""Specimens against what was measured on true cards: ../shared/cards/layout.json, read off pixels.

Nothing here asks specimens/layout.py where a line is: the ink is found in the drawn picture.
"""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from devstack.demo.measuring.lines import read_lines
from devstack.demo.specimens import card, people, real
from devstack.demo.specimens.look import any_faces, look_of
from devstack.demo.specimens.portraits import Portraits

CARDS = Path(settings.BASE_DIR).parent / "shared" / "cards"
pytestmark = pytest.mark.skipif(
    not (CARDS / "layout.json").is_file(),
    reason="no measured layout: ../shared/cards is not there",
)
WIDTH, HEIGHT = 1600, 1009
PERSON = people.make_people(1, seed=4)[0]
# Lines with nothing of other ink in their box; seal, red curves and marks cross the rest.
CLEAR = ("title_th", "title_en", "id_label_th", "number", "name_en_label", "name_en",
         "last_en_label", "last_name_en", "birth_th", "birth_en", "religion_label",
         "address_1", "expiry_th",
)  # fmt: skip
EARLY = ("title_th", "title_en", "name_th_label", "birth_th_label", "name_th", "birth_en")
INKS = {2021: ("A", "D"), 2008: ("F", "G")}
FAINT = 30  # grey levels under the ground around: less is no ink
DENSE = 0.35  # of the densest row: what layout.json calls a row of a line's body


@pytest.fixture(scope="module")
def true():
    return json.loads((CARDS / "layout.json").read_text("utf-8"))["front"]


@pytest.fixture(scope="module")
def portraits():
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@pytest.fixture(scope="module")
def drawn(portraits):
    return {year: _drawn(portraits, year) for year in INKS}


def _drawn(portraits, year):
    person = people.reissued(PERSON, year)
    look = replace(look_of(person), shift=(0.0, 0.0), foil=0.0)
    portrait = portraits.card_portrait(portraits.names(person.sex)[0])
    return np.asarray(card.render_front(person, portrait, look=look).convert("RGB"))


def ink_of(picture, entry, early):
    """Ink in a true line's box and some room around it: mask, and the box's left top corner."""
    place = entry.get("by_generation", {}).get("2005-2011" if early else "2012+", entry)
    left, baseline = place["left"], place["baseline"]
    right = entry["right"] + left - entry["left"]
    top = baseline - 1.05 * entry["letter_height"]
    rows = slice(round((top - 0.004) * HEIGHT), round((baseline + 0.014) * HEIGHT))
    columns = slice(round((left - 0.007) * WIDTH), round(right * WIDTH))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    around = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((41, 41), np.uint8))
    return (around - grey > FAINT)[rows, columns], (columns.start, rows.start), (left, baseline)


def found(picture, entry, *, early):
    """Left edge and baseline as fractions, and how far they are from the true ones."""
    ink, corner, true_place = ink_of(picture, entry, early)
    columns = np.flatnonzero(ink.sum(axis=0) >= 2)
    density = ink.sum(axis=1)
    body = np.flatnonzero(density >= DENSE * density.max())
    left = (corner[0] + columns[0]) / WIDTH
    baseline = (corner[1] + body[-1] + 1) / HEIGHT
    return left - true_place[0], baseline - true_place[1]


@pytest.mark.parametrize("name", CLEAR)
def test_a_line_of_today_starts_and_stands_where_it_does_on_true_cards(drawn, true, name):
    across, down = found(drawn[2021], true[name], early=False)
    assert (abs(across) <= 0.006, abs(down) <= 0.008) == (True, True), (across, down)


@pytest.mark.parametrize("name", EARLY)
def test_a_line_of_2008_starts_and_stands_where_it_did(drawn, true, name):
    across, down = found(drawn[2008], true[name], early=True)
    assert (abs(across) <= 0.006, abs(down) <= 0.008) == (True, True), (across, down)


@pytest.mark.parametrize("year", INKS)
@pytest.mark.parametrize("name", ["title_th", "title_en", "number", "name_en", "birth_th"])
def test_ink_is_as_dark_and_as_blue_as_on_true_cards(drawn, true, name, year):
    ink, (left, top), _ = ink_of(drawn[year], true[name], early=year == 2008)
    strokes = cv2.erode(ink.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    part = drawn[year][top : top + ink.shape[0], left : left + ink.shape[1]]
    median = np.median(part[strokes], axis=0)
    measured = np.array([true[name]["rgb"][one] for one in INKS[year]])
    assert (median >= measured.min(axis=0) - 30).all(), (median, measured)
    assert (median <= measured.max(axis=0) + 30).all(), (median, measured)
    blueness = measured[:, 2] - measured[:, 0]
    assert abs((median[2] - median[0]) - blueness.mean()) <= 25


def test_labels_and_values_move_together_and_not_far(portraits, true):
    portrait = portraits.card_portrait(portraits.names(PERSON.sex)[0])
    strays = []
    for seed in range(8):
        look = replace(look_of(PERSON, seed=seed), foil=0.0)
        front = card.render_front(PERSON, portrait, look=look)
        back_in_place = front.transform(
            front.size,
            Image.Transform.AFFINE,
            (1, 0, look.shift[0] * WIDTH, 0, 1, look.shift[1] * HEIGHT),
        )
        picture = np.asarray(back_in_place.convert("RGB"))
        for name in ("name_en_label", "name_en", "birth_th"):
            strays += found(picture, true[name], early=False)
        assert abs(look.shift[0]) <= 0.010
        assert abs(look.shift[1]) <= 0.020
    assert max(map(abs, strays)) <= 0.010


def test_every_line_is_read_where_it_stands_by_the_portals_recogniser(portraits):
    wrong = []
    for seed in range(8):
        person = people.reissued(people.make_people(1, seed=900 + seed)[0], 2008 + 2 * seed)
        portrait = portraits.card_portrait(portraits.names(person.sex)[seed])
        said = list(read_lines(person, portrait, look_of(person)))
        wrong += [one for one in said if not one.right]
    assert wrong == []


def test_cards_are_printed_on_true_grounds_and_still_say_specimen(portraits):
    grounds = real.real_grounds(CARDS)
    assert len(grounds) == 7
    for ground in grounds:
        person = people.reissued(PERSON, 2008 if ground.early else 2014)
        look = look_of(person, ground=ground)
        portrait = portraits.card_portrait(portraits.names(person.sex)[1])
        front = np.asarray(card.render_front(person, portrait, look=look).convert("RGB"))
        bare = np.asarray(ground.picture(front.shape[1]))
        mark = (slice(360, 400), slice(1240, 1540))
        redder = front[mark].astype(int)[..., 0] - front[mark].astype(int)[..., 1]
        assert (redder > 40).mean() > 0.15
        assert (front != bare)[: front.shape[0] // 6, 720:1230].any()


def test_a_laser_code_is_printed_on_true_backs():
    backs = real.real_backs(CARDS)
    assert len(backs) == 2
    for back in backs:
        look = replace(look_of(PERSON, back=back), shift=(0.0, 0.0))
        printed = np.asarray(card.render_back(PERSON, look=look).convert("RGB")).astype(int)
        changed = np.abs(printed - np.asarray(back.picture(WIDTH))).max(axis=2) > 20
        rows, columns = np.nonzero(changed[round(0.58 * HEIGHT) :])
        place = card.laser_place(look)
        assert abs(columns.min() / WIDTH - place.left) <= 0.004
        assert abs(rows.max() / HEIGHT + 0.58 - place.baseline) <= 0.020  # J reaches below it


def test_any_typeface_prints_a_card_that_says_the_same(portraits):
    portrait = portraits.card_portrait(portraits.names(PERSON.sex)[0])
    faces = {any_faces(seed) for seed in range(200)}
    assert len({thai for thai, _ in faces}) >= 20
    assert len({thai for thai, _ in faces} | {latin for _, latin in faces}) >= 30
    one, other = (
        card.render_front(PERSON, portrait, look=look_of(PERSON, faces=any_faces(seed)))
        for seed in (1, 2)
    )
    assert one.tobytes() != other.tobytes()
