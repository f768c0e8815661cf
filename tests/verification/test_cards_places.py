"""Rows, labels and the card itself found in drawn pictures whose geometry is known."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.cards.layout import FACE, FACE_HEIGHT, HEIGHT, WIDTH
from verification.cards.originality import copy_score, glare, sharpness
from verification.cards.recogniser import Reading
from verification.cards.registration.fitting import FEWEST, fit, moved
from verification.cards.registration.guesses import CARD, guesses, to_card, whole
from verification.cards.registration.labels import ReadRow, cut, find_labels
from verification.cards.registration.rows import Row, find_rows, written_on
from verification.faces.detection import Face


def sheet(*words: tuple[int, int, int], ink: tuple[int, int, int] = (20, 20, 20)) -> np.ndarray:
    """A white card with words (left, baseline, letters), each letter a bar of 8 x 30 pixels."""
    card = np.full((HEIGHT, WIDTH, 3), 235, np.uint8)
    for left, baseline, letters in words:
        for at in range(left, left + 14 * letters, 14):
            cv2.rectangle(card, (at, baseline - 30), (at + 7, baseline - 1), ink, -1)
    return card


def grey(card: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)


def test_two_words_far_apart_are_two_rows_where_they_were_drawn():
    rows = sorted(find_rows(grey(sheet((100, 300, 8), (700, 500, 12))), WIDTH))
    expected = [(100, 206, 270, 300), (700, 862, 470, 500)]  # 7 * 14 + 8 and 11 * 14 + 8 wide
    assert np.abs(np.array(rows) - expected).max() <= 3
    assert [round(row.letter) for row in rows] == pytest.approx([30, 30], abs=3)


@pytest.mark.parametrize("shade", [0, 90, 255])
def test_an_even_ground_has_no_rows_and_no_ink(shade):
    even = np.full((HEIGHT, WIDTH), shade, np.uint8)
    assert (find_rows(even, WIDTH), written_on(even, WIDTH).any()) == ([], False)


NO_STEPS = np.empty((0, 0), np.float32)


def labelled(text: str, baseline: float = 80.0) -> ReadRow:
    places = [(at + 0.5) / len(text) for at in range(len(text))]
    return ReadRow(
        Row(100, 300, 50, baseline), Reading(text, (1.0,) * len(text), tuple(places), NO_STEPS)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Date of Birth", {"DateofBirth"}),
        ("Datc of Birth", {"DateofBirth"}),  # ten of eleven letters
        ("Dxxx xx Bxrxh", set()),
        ("Name", {"Name"}),
        ("Nane", set()),  # of a short label all letters
        ("Last name", {"Lastname"}),
        ("somebody else", set()),
    ],
)
def test_a_label_is_found_when_enough_of_it_was_read(text, found):
    assert {seen.label.text for seen in find_labels([labelled(text)])} == found


def test_of_a_label_read_twice_the_better_reading_counts_in_either_order():
    worse, better = labelled("Datc of Birth", 80), labelled("Date of Birth", 90)
    for rows in ([worse, better], [better, worse]):
        [seen] = find_labels(rows)
        assert (seen.baseline, seen.share, seen.left, seen.right) == (90, 1.0, 100, 300)
    assert find_labels([]) == []


def test_a_row_is_cut_with_room_for_marks_and_never_outside_the_picture():
    numbered = np.arange(200 * 100, dtype=np.int32).reshape(100, 200)
    inner = cut(numbered, Row(50, 90, 40, 60))  # 36 above the baseline, 12 below, 4 beside
    assert (inner[0, 0], inner[-1, -1]) == (24 * 200 + 46, 72 * 200 + 94)
    assert cut(numbered, Row(0, 200, 0, 100)).shape == (100, 200)


@given(st.floats(-0.3, 0.3), st.floats(0.7, 1.4), st.floats(-0.2, 0.2), st.integers(0, 99))
def test_points_turned_scaled_and_moved_are_laid_back(angle, scale, move, seed):
    known = np.random.default_rng(seed).uniform([0, 0], [1, 0.63], (8, 2))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    view, agree = fit((known @ turn.T) + move, known)
    assert agree.all()
    assert np.abs(moved((known @ turn.T) + move, view) - known).max() < 1e-6


@pytest.mark.parametrize("count", range(FEWEST))
def test_fewer_points_than_a_card_needs_are_no_card(count):
    points = np.arange(2.0 * count).reshape(-1, 2)
    assert fit(points, points) is None


def test_points_that_all_lie_together_are_no_card():
    assert fit(np.full((9, 2), 0.5), np.random.default_rng(1).uniform(0, 1, (9, 2))) is None


@pytest.mark.parametrize("size", [(400, 600), (600, 400)])
def test_a_photo_lies_whole_and_undistorted_where_a_card_is_in_four_ways(size):
    height, width = size
    maps = list(whole(np.zeros((*size, 3), np.uint8)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    laid = [moved(corners, one) for one in maps]
    for one in laid:
        assert (one.min(axis=0) > -1e-6).all()
        assert (one.max(axis=0) < CARD.max(axis=0) + 1e-6).all()
        sides = np.hypot(*(np.roll(one, -1, axis=0) - one).T)
        assert sides[0] / sides[1] == pytest.approx(width / height)
    ways = {tuple(np.sign((one[1] - one[0]).round(6))) for one in laid}
    assert (len(laid), ways) == (4, {(1, 0), (-1, 0), (0, 1), (0, -1)})
    across = laid[0][1] - laid[0][0] if width > height else laid[0][2] - laid[0][1]
    assert abs(across[0]) > abs(across[1])  # the long side lies level at first


def test_corners_come_to_lie_on_the_cards():
    corners = np.array([[30, 20], [500, 60], [480, 350], [10, 300]], float)
    assert np.abs(moved(corners, to_card(corners)) - CARD).max() < 1e-5


def test_a_face_alone_guesses_a_card_about_it_in_four_ways():
    photo = np.full((900, 1400, 3), 200, np.uint8)
    maps = list(guesses(photo, [Face((700, 400, 800, 500), 1.0, np.zeros((68, 2)))]))
    assert len(maps) >= 4
    for one in maps[:4]:
        middle, beside = moved(np.array([[750.0, 450.0], [850.0, 450.0]]), one)
        assert middle == pytest.approx((FACE[0], FACE[1] * HEIGHT / WIDTH), abs=1e-3)
        # The face's side, 100 pixels, is a fifth of the card's height.
        assert np.hypot(*(beside - middle)) == pytest.approx(FACE_HEIGHT * 53.98 / 85.60, rel=1e-3)


def test_glare_is_the_share_of_large_white_patches_alone():
    card = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    zone = (slice(0, 400), slice(0, 400))
    card[100:200, 100:300] = 255  # 20,000 of 160,000 pixels
    card[300:340, 100:140] = 255  # a pixel narrower than a patch
    assert glare(card, zone) == pytest.approx(0.125)


def test_blur_only_lowers_sharpness_and_a_grey_copy_is_wholly_a_copy():
    card = sheet((400, 200, 20), (400, 300, 20))
    scores = [sharpness(cv2.GaussianBlur(card, (0, 0), sigma)) for sigma in (0.5, 2, 4, 8)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] >= 0
    assert copy_score(np.repeat(grey(card)[:, :, None], 3, axis=2)) == 1
    colourful = sheet()
    colourful[:, : WIDTH // 2] = (60, 120, 220)
    assert copy_score(colourful) == 0
