"""What an officer is shown of a head turn: much that is new on a head, hardly any on a warp."""

import io

import numpy as np
import pytest
from PIL import Image

from devstack.demo.specimens.turning import turned
from tests.walks import burst, selfie
from verification.bent import bent_sheet
from verification.faces.detection import find_faces
from verification.film import Film
from verification.images import decode, encode

ROW, PANEL = 416, 368


def film_of(frames: list[bytes]) -> Film:
    times = [200 * place for place in range(len(frames))]
    return Film(
        frames=frames, times=times, steps=["turn_left"], sizes=[len(frames)], settled=[5000]
    )


def warps() -> list[bytes]:
    """One picture, pulled further and further to the side."""
    picture = decode(selfie(0))
    face = find_faces(picture)[0]
    pulled = [turned(picture, face, sideways=0.14 * step) for step in range(6)]
    return [encode(one) for one in pulled]


def marked_share(sheet: bytes) -> float:
    """How much of the right-hand panel is orange."""
    pixels = np.asarray(Image.open(io.BytesIO(sheet)).convert("RGB")).astype(int)
    assert pixels.shape == (ROW, 3 * PANEL, 3)
    right = pixels[:, 2 * PANEL :]
    return float((right[:, :, 0] - right[:, :, 2] > 100).mean())


def test_a_head_is_marked_where_a_warp_is_not():
    head = marked_share(bent_sheet(film_of(burst(0, "turn_left"))))
    warp = marked_share(bent_sheet(film_of(warps())))
    assert warp < 0.01
    assert head > 5 * max(warp, 0.002)


def test_without_a_turn_there_is_nothing_to_lay_over():
    assert bent_sheet(film_of([selfie(0)] * 2)) is None
    assert bent_sheet(film_of([encode(np.full((320, 240, 3), 90, np.uint8))])) is None


def test_numbers_that_differ_are_an_error():
    film = Film(frames=[selfie(0)], times=[0], steps=["turn_left"], sizes=[2], settled=[9])
    with pytest.raises(ValueError, match="not as many frames"):
        bent_sheet(film)
