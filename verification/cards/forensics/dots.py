"""The dots of a colour print, where a photo is so large that it can show them."""

import cv2
import numpy as np

from verification.cards.layout import HEIGHT, WIDTH
from verification.cards.registration import corners_of
from verification.cards.registration.fitting import moved
from verification.images.arrays import Floats, Mask, Picture, Raster

PIECE = 256  # pixels
SPOTS = (0.25, 0.5, 0.75)  # of width and height: the middles of the pieces
# Dots across a card of 85.6 mm, at 107 to 166 a inch; the lines of a true card's ground are wider.
FINEST, WIDEST = 560, 360
BESIDE_AXES = 2.5  # of the spectrum: rows of writing and JPEG's blocks lie on its axes
AROUND = (15, 15)
ASLANT = (5, 5)  # of the spectrum: what a lean of the card moves its peaks


def printed_dots(photo: Picture, view: Floats) -> float:
    """How far the dots of a print stand out of the spectrum, as a logarithm; about 0.4 by chance.

    A printer sets each ink's dots in a square grid: a peak counts by the one at a right angle to
    it. 0 where the card is so small in the photo that its dots cannot be seen.
    """
    upper, right, *_ = corners_of(view)
    fine = _fine(float(np.hypot(*(right - upper))))
    pieces = _pieces(photo, view)
    if not pieces or not fine.any():
        return 0.0
    mean: Floats = np.mean([_spectrum(piece) for piece in pieces], axis=0, dtype=np.float32)
    out = cv2.GaussianBlur(mean - cv2.blur(mean, AROUND), (0, 0), 0.8)
    square = np.minimum(out, cv2.dilate(np.rot90(out), np.ones(ASLANT, np.uint8)))
    return max(0.0, float(square[fine].max()))


def _fine(width: float) -> Mask:
    """Where in a spectrum the dots of a card so many pixels wide are."""
    steps = np.abs(np.arange(PIECE - 1) - (PIECE // 2 - 1))
    cycles = np.hypot(steps[:, None], steps[None]) * width / PIECE
    beside = np.minimum(steps[:, None], steps[None]) > BESIDE_AXES
    fine: Mask = (cycles > WIDEST) & (cycles < FINEST) & beside
    return fine


def _pieces(photo: Picture, view: Floats) -> list[Floats]:
    middles = np.array([(x * WIDTH, y * HEIGHT) for x in SPOTS for y in SPOTS])
    pieces = []
    for x, y in moved(middles, np.linalg.inv(view)).astype(int) - PIECE // 2:
        piece = photo[max(0, y) : y + PIECE, max(0, x) : x + PIECE]
        if piece.shape[:2] == (PIECE, PIECE):
            pieces.append(cv2.cvtColor(piece, cv2.COLOR_RGB2GRAY).astype(np.float32))
    return pieces


def _spectrum(piece: Floats) -> Raster:
    """With the mean in the middle; its logarithm, so that no piece outweighs the others."""
    window = cv2.createHanningWindow((PIECE, PIECE), cv2.CV_32F) ** 2
    waves = cv2.dft((piece - piece.mean()) * window, flags=cv2.DFT_COMPLEX_OUTPUT)
    strength = np.fft.fftshift(cv2.magnitude(waves[..., 0], waves[..., 1]))
    return cv2.log(strength[1:, 1:] + 1e-3)
