"""What the card's camera says of pictures: of cards that others photographed, and of specimens."""

import io
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from devstack.demo.specimens import camera, card
from devstack.demo.specimens.grounds import ground_of
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from devstack.demo.specimens.shot import Shot
from tests.registration.card_pictures import (
    HEIGHT,
    WIDTH,
    blurred,
    grainy,
    held,
    reflecting,
    said_of,
    shaken,
)

PHOTOS = Path(settings.BASE_DIR).parent / "shared" / "cards" / "photos"
needs_photos = pytest.mark.skipif(
    not (PHOTOS / "truth.json").exists(), reason="no card photos: ../shared/cards is not there"
)
HELD = Shot(size=(1440, 1080), share=0.82, tilt=0.02, lean=6.0, rotation=1.5)


def pixels(photo: bytes | Path) -> np.ndarray:
    opened = io.BytesIO(photo) if isinstance(photo, bytes) else photo
    return np.asarray(Image.open(opened).convert("RGB"))


@pytest.fixture(scope="module")
def of_others():
    """Photo and corners of each card that lies whole in its photo, by others' hands."""
    told = json.loads((PHOTOS / "truth.json").read_text())
    whole = {name: one for name, one in told.items() if "cropped" not in one["notes"]}
    return {name: (pixels(PHOTOS / name), one["corners"]) for name, one in whole.items()}


@needs_photos
@pytest.mark.parametrize("how", [{}, {"share": 0.9, "turn": 2}, {"share": 0.76, "turn": -2}])
def test_photos_by_others_are_good_once_the_card_fills_the_frame(of_others, tmp_path, how):
    pictures = {name: grainy(held(*photo, **how)) for name, photo in of_others.items()}
    said = Counter(said_of(pictures, tmp_path).values())
    assert said == {"good": 24, "searching": 1}  # a corner of that card is out of its photo


@needs_photos
@pytest.mark.parametrize(
    ("spoilt", "word"), [(blurred, "blurred"), (shaken, "blurred"), (reflecting, "glare")]
)
def test_photos_by_others_are_refused_with_the_reason_once_spoilt(
    of_others, tmp_path, spoilt, word
):
    pictures = {name: grainy(spoilt(held(*photo))) for name, photo in of_others.items()}
    said = Counter(said_of(pictures, tmp_path).values())
    assert said == {word: 24, "searching": 1}


@needs_photos
@pytest.mark.parametrize("how", [{"share": 0.5}, {"turn": 90}, {"turn": 12}])
def test_a_card_that_is_far_away_or_turned_is_not_taken(of_others, tmp_path, how):
    pictures = {name: held(*photo, **how) for name, photo in of_others.items()}
    assert set(said_of(pictures, tmp_path).values()) == {"searching"}


@pytest.fixture(scope="module")
def specimens():
    portraits = Portraits(Path(settings.MODELS_DIR) / "portraits")
    people = make_people(4, seed=5)
    fronts = [card.render_front(one, portraits.card_portrait("058f")) for one in people]
    return [*fronts, *map(card.render_back, people)]


def test_specimens_are_good_and_not_in_the_dark(specimens, tmp_path):
    shots = [pixels(camera.take(one, HELD, seed=3 + at).jpeg) for at, one in enumerate(specimens)]
    pictures = {f"card{at}": shot for at, shot in enumerate(shots)}
    pictures["dark"] = shots[0] // 6
    said = said_of(pictures, tmp_path)
    assert said.pop("dark") == "dark"
    assert set(said.values()) == {"good"}


def test_what_a_card_could_lie_on_is_no_card(tmp_path):
    kinds = ("desk", "cloth", "paper", "marble", "checks", "tiles", "page", "flowers")
    grounds = {
        f"{kind}{variant}": ground_of(kind, (WIDTH, HEIGHT), variant=variant)
        for kind in kinds
        for variant in range(3)
    }
    pictures = {name: ground.clip(0, 255).astype(np.uint8) for name, ground in grounds.items()}
    assert set(said_of(pictures, tmp_path).values()) == {"searching"}


def test_a_card_that_moves_is_waited_for(specimens, tmp_path):
    still = pixels(camera.take(specimens[0], HELD, seed=3).jpeg)
    pictures = {"still": still, "moved": np.roll(still, 12, axis=1)}
    assert said_of(pictures, tmp_path, moved="still") == {"still": "good", "moved": "moving"}
