"""Signs of forged cards: on specimens of each species, and on pictures painted for one measure."""

import cv2
import numpy as np
import pytest

from devstack.demo.measuring.documents import MADE, judged
from devstack.demo.specimens.forgeries import BACKS
from devstack.demo.specimens.shot import Shot
from tests.owners import owner_of_a_card
from verification.cards import read_back, read_front
from verification.cards.forensics import around, digits, dots, surface
from verification.cards.layout import HEIGHT, WIDTH
from verification.cards.recogniser import Line
from verification.images import decode

SHOT = Shot(rotation=2.0, share=0.8, noise=1.0, blur=0.4, background="paper")
SEEN = {
    "honest front": set(),
    "honest back": set(),
    "colour print copy": {"grid", "print_dots"},  # white on white: its corners are not told
    "grey copy": {"colourless"},
    "screen without a grid": {"dark_rim"},
    "screen with a grid": {"grid", "print_dots"},
    "digits overprinted": {"unlike_digits", "check_digit", "dates"},
    "another person's portrait": set(),  # only the face tells it
    "marked as a specimen": {"marked"},
    "card without a chip": {"no_chip"},
}
REFUSED = {
    "driving licence": "driving_licence",
    "pink card": "non_thai_card",
    "foreign card's back": "not_a_thai_id_card",
}
NUMBER = "1234512345123"
LINE = Line(100.0, 760.0, 160.0, 50.0, "latin")
FAR = np.array([[0.5, 0, 300], [0, 0.5, 200], [0, 0, 1]])  # of a card: 600 pixels wide in a photo


@pytest.fixture(scope="module")
def owner():
    return owner_of_a_card(seed=1)


def handed(species, owner, shot=SHOT):
    read = read_back if species in ("honest back", *BACKS) else read_front
    return judged(species, read(decode(MADE[species](owner, shot))))


@pytest.mark.parametrize("species", SEEN)
def test_a_forged_card_shows_the_signs_of_its_species_and_an_honest_one_none(owner, species):
    told = handed(species, owner)
    assert (told.refused, set(told.signs)) == ("", SEEN[species])
    assert told.taken == (not SEEN[species])


@pytest.mark.parametrize("species", REFUSED)
def test_another_document_is_refused_by_name(owner, species):
    assert handed(species, owner).refused == REFUSED[species]


def test_a_copy_cut_by_scissors_shows_its_corners_on_a_dark_table(owner):
    told = handed("colour print copy", owner, Shot(share=0.8, background="dark"))
    assert ("square_corners" in told.signs, "copy" in told.suspected) == (True, True)


def painted(shade=200):
    return np.full((HEIGHT, WIDTH, 3), shade, np.uint8)


def test_bare_ground_has_no_chip_and_contacts_have_contrast():
    card = painted()
    assert surface.chip_contrast(card) == 0
    left, top, right, bottom = np.multiply(surface.CHIP, [WIDTH, HEIGHT, WIDTH, HEIGHT]).astype(int)
    card[top:bottom, left : (left + right) // 2] = 100
    assert surface.chip_contrast(card) == pytest.approx(0.25, abs=0.01)


def test_only_red_across_the_writing_counts():
    card = painted()
    card[:, : WIDTH // 4] = (200, 60, 60)
    assert surface.red_letters(card) == 0
    cv2.putText(card, "SPECIMEN", (300, 500), cv2.FONT_HERSHEY_SIMPLEX, 5, (200, 60, 60), 25)
    assert surface.red_letters(card) > 0.6


@pytest.mark.parametrize(("shade", "share"), [(200, 0.0), (120, 1.0)])
def test_a_dark_line_beside_the_portrait_is_a_rim(shade, share):
    card = painted()
    card[330:720, 888:891] = shade
    assert surface.portrait_rim(card, float(WIDTH)) == pytest.approx(share, abs=0.01)


def test_a_step_from_light_to_dark_is_no_rim():
    card = painted()
    card[330:720, 888:] = 120
    assert surface.portrait_rim(card, float(WIDTH)) == 0


@pytest.mark.parametrize(("end", "share"), [(1186.0, 0.0), (1198.0, 1.0), (None, 0.0)])
def test_a_shadow_where_the_card_ends_is_its_own(end, share):
    card = painted()
    card[330:720, 1183:1186] = 100
    assert surface.portrait_rim(card, end) == pytest.approx(share, abs=0.01)


def photo_of_card(ground, card=220, *, radius=0):
    """A card 600 pixels wide at (300, 200)."""
    photo = np.full((800, 1200, 3), ground, np.uint8)
    for x, y in ((300 + radius, 200 + radius), (899 - radius, 577 - radius)):
        photo[200:578, min(x, 1199 - x) : max(x, 1199 - x) + 1] = card
        photo[min(y, 777 - y) : max(y, 777 - y) + 1, 300:900] = card
        for middle in ((x, y), (x, 777 - y)):
            cv2.circle(photo, middle, radius, (card, card, card), -1)
    return around.surroundings(photo, np.linalg.inv(FAR))


@pytest.mark.parametrize(("radius", "square"), [(0, True), (22, False)])
@pytest.mark.parametrize("ground", [60, 120])
def test_corners_are_square_or_round_as_they_are_cut(ground, radius, square):
    here = photo_of_card(ground, radius=radius)
    score = around.square_corners(here, around.edges_of(here))
    assert (score > 0.68, score < 0.3) == (square, not square)


def test_corners_are_not_told_on_ground_like_the_card():
    here = photo_of_card(214)
    assert around.square_corners(here, around.edges_of(here)) == 0


@pytest.mark.parametrize(
    ("sides", "score"), [(slice(0, 4), 1.0), (slice(0, 3), 1.0), (slice(0, 2), 0.0)]
)
def test_a_dark_rim_on_three_sides_is_a_screen(sides, score):
    here = photo_of_card(150)
    boxes = ((80, 100, 200, 1000), (80, 960, 700, 1000), (660, 200, 700, 1000), (80, 200, 700, 240))
    photo = np.full((800, 1200, 3), 150, np.uint8)
    photo[200:578, 300:900] = 220
    for top, left, bottom, right in ((100, 200, 130, 1000), *boxes[1:])[sides]:
        photo[top:bottom, left:right] = 12
    here = around.surroundings(photo, np.linalg.inv(FAR))
    assert around.dark_rim(here) == pytest.approx(score, abs=0.05)


def test_a_card_on_a_dark_table_has_no_rim():
    assert around.dark_rim(photo_of_card(12)) == 0


def waves(*, across):
    """A photo of a card as wide as it, with 450 lines or dots a width."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH] * 2 * np.pi * 450 / WIDTH
    lines = np.cos(0.97 * columns + 0.24 * rows)
    dots_ = lines + np.cos(0.97 * rows - 0.24 * columns) if across else 2 * lines
    noise = np.random.default_rng(1).normal(0, 3, rows.shape)
    grey = 180 + 4 * dots_ + noise
    return np.repeat(grey[..., None], 3, axis=2).clip(0, 255).astype(np.uint8)


def test_dots_stand_in_a_square_and_lines_do_not():
    assert dots.printed_dots(waves(across=True), np.eye(3)) > 1.2
    assert dots.printed_dots(waves(across=False), np.eye(3)) < 0.5


def test_dots_are_not_told_where_the_card_is_small():
    view = np.diag([3.0, 3.0, 1.0])  # 400 pixels wide
    assert dots.printed_dots(waves(across=True), view) == 0


def numbered(face=cv2.FONT_HERSHEY_SIMPLEX, *, changed=()):
    card = painted()
    for place, digit in enumerate(NUMBER):
        own = cv2.FONT_HERSHEY_COMPLEX if place in changed else face
        cv2.putText(card, digit, (110 + 48 * place, 159), own, 2.2, (30, 30, 30), 6, cv2.LINE_AA)
    return card


def test_digits_of_one_printer_are_alike():
    assert digits.unlikeness(numbered(), LINE, NUMBER) < 0.02


def test_a_digit_in_another_face_is_unlike_its_equals():
    assert digits.unlikeness(numbered(changed=(3,)), LINE, NUMBER) > 0.09


@pytest.mark.parametrize("number", ["", NUMBER[:-1], "1234567890000"[:12]])
def test_nothing_is_told_of_a_number_that_was_not_read(number):
    assert digits.unlikeness(numbered(changed=(3,)), LINE, number) == 0
