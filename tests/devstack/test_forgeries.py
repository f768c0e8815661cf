"""The species of attack: each shows what it is named after, and can be made again."""

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from devstack.demo.measuring.lines import HEIGHT, WIDTH, read_line
from devstack.demo.specimens import camera
from devstack.demo.specimens.forgeries import BACKS, FRONTS
from devstack.demo.specimens.printing import front_lines
from devstack.demo.specimens.shot import Shot
from tests.owners import owner_of_a_card

ALL = {**FRONTS, **BACKS}
SHOT = Shot(tilt=0.0, rotation=0.0, share=0.9, noise=0.0, blur=0.3, tint=0.0, background="dark")
CHIP, PORTRAIT = (0.12, 0.36, 0.22, 0.52), (0.75, 0.49, 0.97, 0.90)
ELSEWHERE = (0.30, 0.30, 0.70, 0.60)


@pytest.fixture(scope="module")
def owner():
    return owner_of_a_card(seed=3)


@pytest.fixture(scope="module")
def taken(owner):
    return camera.take(owner.front(), SHOT, seed=owner.seed)


@pytest.fixture(scope="module")
def corners(taken):
    """Every species that is a card lies where the honest one does."""
    return taken.corners


@pytest.fixture(scope="module")
def honest(taken, corners):
    return straight(taken.jpeg, corners)


def straight(jpeg, corners):
    picture = np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    view = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(picture, view, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)


def part(picture, box):
    left, top, right, bottom = box
    return picture[
        round(top * HEIGHT) : round(bottom * HEIGHT), round(left * WIDTH) : round(right * WIDTH)
    ].astype(int)


def apart(one, other, box):
    """How many grey levels two pictures are apart in a box, at the median."""
    return np.median(np.abs(part(one, box) - part(other, box)))


def blueness(picture, box=ELSEWHERE):
    return np.median(part(picture, box)[..., 2] - part(picture, box)[..., 0])


@pytest.mark.parametrize("name", ALL)
def test_a_species_is_a_photo_of_its_own_and_the_same_for_its_seed(owner, taken, name):
    made = ALL[name](owner, SHOT)
    assert Image.open(io.BytesIO(made)).format == "JPEG"
    assert (made == ALL[name](owner, SHOT), made == taken.jpeg) == (True, False)


@pytest.mark.parametrize("name", ["portrait pasted in", "another person's portrait"])
def test_a_foreign_portrait_changes_the_portrait_alone(owner, corners, honest, name):
    forged = straight(FRONTS[name](owner, SHOT), corners)
    assert apart(forged, honest, PORTRAIT) > 20
    assert apart(forged, honest, ELSEWHERE) <= 1


def test_overprinted_digits_are_read_as_others(owner, corners):
    forged = straight(FRONTS["digits overprinted"](owner, SHOT), corners)
    lines = {line.name: line for line in front_lines(owner.person, owner.look)}
    number = read_line(forged, lines["number"]).replace(" ", "")
    assert (len(number), number == owner.person.number) == (13, False)
    assert read_line(forged, lines["issue_th"]) == lines["issue_th"].text


def test_a_colour_copy_is_paler_and_made_of_dots(owner, corners, honest):
    copy = straight(FRONTS["colour print copy"](owner, SHOT), corners)
    assert 0 < blueness(copy) < blueness(honest)
    grain = [np.abs(cv2.Laplacian(part(one, (0.75, 0.33, 0.97, 0.36)).astype(np.float32),
                                  cv2.CV_32F)).mean() for one in (copy, honest)]  # fmt: skip
    assert grain[0] > 1.5 * grain[1]


def test_a_screen_without_a_grid_is_a_card_within_a_dark_rim(owner):
    on_paper = replace(SHOT, background="paper")
    shown = Image.open(io.BytesIO(FRONTS["screen without a grid"](owner, on_paper))).convert("L")
    row = np.asarray(shown)[shown.height // 2]
    assert (row[:60].min() > 100, row[110:150].max() < 40) == (True, True)
    assert (row[500:1100] > 120).mean() > 0.7


def test_a_card_without_a_chip_has_ground_in_its_place(owner, corners, honest):
    bare = straight(FRONTS["card without a chip"](owner, SHOT), corners)
    assert (blueness(honest, CHIP) < 0, blueness(bare, CHIP) > 20) == (True, True)


def test_other_documents_have_other_colours(owner, corners):
    pink = straight(FRONTS["pink card"](owner, SHOT), corners)
    licence = straight(FRONTS["driving licence"](owner, SHOT), corners)
    abroad = straight(BACKS["foreign card's back"](owner, SHOT), corners)
    assert np.median(part(pink, ELSEWHERE)[..., 0] - part(pink, ELSEWHERE)[..., 1]) > 20
    assert blueness(licence, (0.75, 0.02, 0.97, 0.17)) > 60
    assert part(abroad, (0.1, 0.10, 0.9, 0.20)).mean() < 70
