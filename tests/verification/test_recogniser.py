"""The portal's own line recogniser, on the value lines of photos of fictional people's cards."""

import hashlib
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.conf import settings

from training.cards import photos
from training.distance import distance
from verification.cards.recogniser import (
    Reading,
    Vote,
    letters_of,
    line_crops,
    read,
    read_many,
    vote,
)
from verification.cards.recogniser.alphabets import LETTERS, LETTERS_OF
from verification.cards.recogniser.crops import BANDS
from verification.cards.recogniser.recogniser import FOLDER, DamagedModel, checked

CARDS = Path(settings.BASE_DIR).parent / "shared" / "cards"
MOST_BYTES = 6_000_000
DATES = ("birth_th", "birth_en", "issue_th", "issue_en", "expiry_th", "expiry_en")
needs_cards = pytest.mark.skipif(
    not (CARDS / "photos" / "truth.json").exists(),
    reason="no card photos: ../shared/cards is not there",
)


def line_of(text: str, *, letter: float = 1.2) -> np.ndarray:
    """Latin text drawn by OpenCV, as a strip."""
    strip = np.full((70, 60 + 26 * len(text)), 205, np.uint8)
    cv2.putText(strip, text, (20, 48), cv2.FONT_HERSHEY_DUPLEX, letter, 40, 2, cv2.LINE_AA)
    return strip


@pytest.fixture(scope="module")
def cards():
    return list(photos(CARDS))


@pytest.fixture(scope="module")
def read_lines(cards):
    """Field to pairs of what is printed and what a vote reads, spaces aside."""
    found: dict[str, list[tuple[str, str]]] = {}
    for photo in cards:
        for value in photo.values:
            crops = line_crops(photo.card, value.line)
            said = vote(read_many(crops, letters=letters_of(value.kind)))
            found.setdefault(value.field, []).append(
                tuple(one.replace(" ", "") for one in (value.text, said.text))
            )
    return found


def exact_share(read_lines, *fields):
    pairs = [pair for field in fields or read_lines for pair in read_lines[field]]
    return sum(true == said for true, said in pairs) / len(pairs)


def test_the_weights_are_those_that_the_data_card_names():
    card = json.loads((FOLDER / "data_card.json").read_text("utf-8"))
    content = checked(FOLDER / "letters.onnx")
    assert card["sha256"] == hashlib.sha256(content).hexdigest()
    assert card["bytes"] == len(content) <= MOST_BYTES


def test_damaged_weights_are_refused(tmp_path):
    shutil.copy(FOLDER / "data_card.json", tmp_path)
    content = bytearray((FOLDER / "letters.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "letters.onnx").write_bytes(content)
    with pytest.raises(DamagedModel):
        checked(tmp_path / "letters.onnx")


@pytest.mark.parametrize("kind", LETTERS_OF)
def test_every_letter_of_a_field_is_known_to_the_network(kind):
    assert letters_of(kind) <= set(LETTERS)


def test_a_drawn_line_is_read_with_a_confidence_for_each_letter():
    said = read(line_of("1985"), letters=letters_of("number"))
    assert said.bare == "1985"
    assert len(said.letters) == len(said.text)
    assert 0.5 < said.weakest <= 1


def test_a_mask_leaves_only_letters_that_the_field_can_have():
    word = line_of("SILO")
    assert any(letter.isalpha() for letter in read(word).text)
    assert set(read(word, letters=letters_of("number")).text) <= set("0123456789 ")


def test_a_letter_that_a_mask_forces_is_unsure():
    assert read(line_of("SSSS"), letters=letters_of("number")).weakest < 0.5


def test_the_same_line_is_read_the_same_alone_and_among_others():
    first, second = line_of("1234"), line_of("567 89")
    alone = [read(first), read(second)]
    together = read_many([first, second, first])
    assert [one.text for one in together] == [alone[0].text, alone[1].text, alone[0].text]
    assert np.allclose(together[0].letters, alone[0].letters, atol=1e-3)
    assert read(first)[:3] == alone[0][:3]


def test_an_empty_strip_says_nothing():
    empty = read(np.full((60, 300), 180, np.uint8))
    assert (empty.text, empty.letters, empty.weakest) == ("", (), 0)
    assert vote([empty]) == Vote("")


@pytest.mark.parametrize("shape", [(1, 1), (40, 3), (3, 900), (200, 9000)])
def test_odd_strips_are_read_without_a_crash(shape):
    assert isinstance(read(np.full(shape, 128, np.uint8)), Reading)


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4)), np.zeros((0, 4), np.uint8)]
)
def test_what_is_no_gray_strip_is_refused(wrong):
    with pytest.raises(ValueError, match="H x W uint8"):
        read(wrong)


def said(*written: tuple[str, float]) -> Reading:
    """A reading of letters, each likely so far, else there is none; a gap stands between them."""
    steps = np.zeros((2 * len(written) + 1, len(LETTERS) + 1), np.float32)
    steps[::2, 0] = 1
    for place, (letter, chance) in enumerate(written):
        steps[2 * place + 1, [0, LETTERS.index(letter) + 1]] = 1 - chance, chance
    taken = [(letter, chance, (2 * place + 1.5) / len(steps))
             for place, (letter, chance) in enumerate(written) if chance > 0.5]  # fmt: skip
    text, letters, places = zip(*taken, strict=True)
    return Reading("".join(text), letters, places, steps)


def test_a_text_is_as_likely_as_all_its_letters_are_up_to_each_of_them():
    found = vote([said(("A", 0.9), ("B", 1.0), ("C", 0.8))])
    assert found.text == "ABC"
    assert found.beginnings == pytest.approx((0.9, 0.9, 0.72))


def test_a_letter_that_was_passed_over_makes_the_text_less_likely():
    found = vote([said(("2", 0.4), ("5", 1.0), ("5", 0.45), ("1", 1.0))])
    assert found.text == "51"
    assert found.likely == pytest.approx(0.6 * 0.55)


def test_a_vote_takes_the_text_that_all_readings_find_likeliest():
    sure, torn = said(("A", 1.0), ("B", 0.98)), said(("A", 1.0), ("B", 0.4))
    assert [torn.text, vote([torn]).likely] == ["A", pytest.approx(0.6)]
    found = vote([torn, sure])
    assert (found.text, found.likely) == ("AB", pytest.approx((0.98 + 0.4) / 2))


def test_a_beginning_is_never_less_likely_than_what_follows():
    touching = said(("A", 1.0), ("B", 1.0))
    steps = np.delete(touching.steps, 2, axis=0)  # no gap: B has begun where A is thought to end
    found = vote([touching._replace(places=(0.6, 0.9), steps=steps)])
    assert found.beginnings == pytest.approx((1.0, 1.0))


def test_spaces_say_nothing():
    plain, spaced = said(("A", 1.0), ("B", 0.9)), said(("A", 1.0), (" ", 0.7), ("B", 0.9))
    assert vote([plain, spaced]).likely == pytest.approx(0.9)


def test_a_vote_of_nothing_is_nothing():
    assert (vote([]), vote([]).likely) == (Vote(""), 0.0)


@needs_cards
@pytest.mark.parametrize(("fields", "least"), [
    (("number",), 0.95), (("name_th",), 0.95), (("name_en", "last_name_en"), 0.97),
    (DATES, 0.98), (("address_1", "address_2"), 0.95), (("request",), 0.95), ((), 0.98),
])  # fmt: skip
def test_lines_of_real_grounds_are_read_as_well_as_measured(read_lines, fields, least):
    assert exact_share(read_lines, *fields) >= least


@needs_cards
def test_few_letters_are_misread(read_lines):
    pairs = [pair for field in read_lines for pair in read_lines[field]]
    wrong = sum(distance(said, true) for true, said in pairs)
    assert wrong / sum(len(true) for true, _ in pairs) <= 0.002


@needs_cards
@pytest.mark.parametrize("share", [-0.1, 0.1])
def test_a_crop_that_is_off_by_a_tenth_of_its_height_still_reads(cards, share):
    right = total = 0
    for photo in cards:
        for value in photo.values:
            high = value.line.letter * sum(BANDS[value.line.band])
            moved = value.line._replace(baseline=value.line.baseline + share * high)
            (crop,) = line_crops(photo.card, moved, ways=1)
            said = read(crop, letters=letters_of(value.kind)).bare
            right, total = right + (said == value.text.replace(" ", "")), total + 1
    assert right / total >= 0.85
