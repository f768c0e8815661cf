"""What the fake camera shows. The file is read anew whenever the page opens the camera."""

import io
from itertools import count
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFilter

from devstack.demo.specimens import card
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.portraits import STEPS, Portraits
from devstack.demo.specimens.video import encoded

FRAMES_A_SECOND, TWICE = 30, 2
MOVED = 400  # pixels at most
GROUND = (52, 54, 60)
# Faces that nobody else has in the portal that tests share: one that was verified before would be
# somebody's second registration.
OF_NOBODY = {"f": "058f", "m": "050m"}


class FakeCamera:
    """The film at `path`: set it before the page opens the camera."""

    def __init__(self, path: Path, portraits: Portraits) -> None:
        self.path = path
        self.portraits = portraits
        self.seeds = count(3)

    @property
    def flags(self) -> list[str]:
        """What Chromium is started with to film this."""
        return [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={self.path}",
        ]

    def show_front(self, person: Person, face: str, *, blur: float = 0.0) -> None:
        """`blur` is the sigma of a lens out of focus, in pixels of 1920."""
        self._show_card(card.render_front(person, self.portraits.card_portrait(face)), blur)

    def show_back(self, person: Person) -> None:
        self._show_card(card.render_back(person))

    def show_face(self, face: str) -> None:
        """Straight ahead, and in between all the movements that may be asked for."""
        seed = next(self.seeds)  # held otherwise each time, as by a hand: the portal knows a copy
        (straight,) = map(_pixels, self.portraits.selfie_frames(face, [], seed=seed))
        film = [(straight, 4.0)]
        for step in STEPS:
            *moving, moved = map(_pixels, self.portraits.burst(face, step, seed=seed))
            film += [(picture, 0.1) for picture in moving]
            film += [(moved, 2.3), (straight, 3.0)]
        _write(film, self.path, size=(960, 1280))

    def _show_card(self, drawn: Image.Image, blur: float = 0.0) -> None:
        ground = Image.new("RGB", (1920, 1080), GROUND)
        small = drawn.resize((1360, round(1360 / card.ASPECT)), Image.Resampling.LANCZOS)
        ground.paste(small, (280, 110), small)
        seen = np.asarray(ground.filter(ImageFilter.GaussianBlur(blur)))
        _write([(seen, 0.5)], self.path, size=(1920, 1080))


def _write(parts: list[tuple[np.ndarray, float]], path: Path, size: tuple[int, int]) -> None:
    """With the grain of a sensor, of which no two pictures are alike: the same one moved about.
    Each is shown twice, as of a camera in little light: it takes long to make them.
    """
    draw = np.random.default_rng(5)
    height, width, _ = parts[0][0].shape
    grain = draw.integers(0, 5, (height + MOVED, width + MOVED, 3), np.uint8)
    with path.open("wb") as film:
        for picture, seconds in parts:
            for _ in range(round(seconds * FRAMES_A_SECOND / TWICE)):
                top, left = draw.integers(0, MOVED, 2)
                moved = grain[top : top + height, left : left + width]
                film.write(encoded(cv2.add(picture, moved), size) * TWICE)


def _pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))
