"""Cards found by their labels, on photos of fictional people's cards in real grounds."""

import json

import numpy as np
import pytest

from tests.verification.test_recogniser import CARDS, needs_cards
from training.registered import found_in, registered
from verification.cards.recogniser import letters_of, line_crops, read_many, vote
from verification.cards.registration import register
from verification.cards.registration.fitting import fit, moved

TILTED = np.array([[0.9, -0.1, 0.05], [0.12, 1.1, -0.03], [0.03, -0.02, 1.0]])


def test_points_lie_over_theirs_though_some_are_wrong():
    chance = np.random.default_rng(3)
    known = chance.uniform([0, 0], [1, 0.63], (14, 2))
    seen = moved(known, np.linalg.inv(TILTED))
    seen[:4] += 0.2
    view, agree = fit(seen, known)
    assert agree.tolist() == [False] * 4 + [True] * 10
    assert np.abs(moved(seen[4:], view) - known[4:]).max() < 0.012


def test_too_few_points_are_no_card():
    assert fit(np.zeros((2, 2)), np.ones((2, 2))) is None


def test_a_picture_without_a_card_gives_what_was_read():
    noise = np.random.default_rng(1).integers(0, 255, (600, 800, 3), np.uint8)
    assert isinstance(register(noise, []), list)


@needs_cards
def test_fronts_are_found_and_backs_are_not_taken_for_one():
    truth = json.loads((CARDS / "photos" / "truth.json").read_text())
    found = {name: found_in(CARDS / "photos" / name) is not None for name in truth}
    fronts = [found[name] for name, entry in truth.items() if entry["side"] == "front"]
    backs = [found[name] for name, entry in truth.items() if entry["side"] == "back"]
    assert (sum(fronts) >= 23, sum(backs)) == (True, 0)


@needs_cards
@pytest.mark.parametrize(("fields", "least"), [({"address_1", "address_2"}, 44), (set(), 275)])
def test_lines_are_read_where_registration_has_them(fields, least):
    exact = 0
    for photo in registered(CARDS):
        for value in photo.values:
            if not fields or value.field in fields:
                crops = line_crops(photo.card, value.line, ways=3)
                said = vote(read_many(crops, letters=letters_of(value.kind))).text
                exact += said.replace(" ", "") == value.text.replace(" ", "")
    assert exact >= least
