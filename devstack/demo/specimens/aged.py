"""Portraits as old cards show them: small, in dots, out of focus, under the grid of a copy."""

import math

import cv2
import numpy as np

from verification.images import decode, encode
from verification.images.arrays import Picture

LINES = 60  # of the screen, across the portrait: 60 an inch
CUT_WIDTH = 284  # pixels: a portrait cut out of a card of 1,200
DRAWN, FINER = 800, 4  # dots are drawn so many pixels wide, and at least so much larger
INK, PAPER = 15, 250


def small(portrait: Picture, width: int, *, quality: int = 95) -> Picture:
    height = round(width * portrait.shape[0] / portrait.shape[1])
    shown = cv2.resize(portrait, (width, height), interpolation=cv2.INTER_AREA)
    return decode(encode(np.asarray(shown, np.uint8), quality=quality))


def in_dots(portrait: Picture, width: int) -> Picture:
    """Grey, in black dots on a screen at 45 degrees, at this width."""
    grey = cv2.cvtColor(small(portrait, width), cv2.COLOR_RGB2GRAY)
    finer = max(FINER, DRAWN // width)
    grey = cv2.resize(grey, None, fx=finer, fy=finer, interpolation=cv2.INTER_CUBIC)
    inked = 255 * _screen(grey.shape, finer * width / LINES, degrees=45) > grey
    dots = np.where(inked, INK, PAPER).astype(np.float32)
    shown = cv2.resize(dots, None, fx=1 / finer, fy=1 / finer, interpolation=cv2.INTER_AREA)
    printed = np.repeat(shown.astype(np.uint8)[:, :, None], 3, axis=2)
    return decode(encode(printed, quality=85))


def out_of_focus(portrait: Picture, width: int) -> Picture:
    """By 3 pixels."""
    return np.asarray(cv2.GaussianBlur(small(portrait, width), (0, 0), 3.0), np.uint8)


def moire(portrait: Picture, pitch: float = 3.5) -> Picture:
    """Two grids that beat with each other: a copy of something printed, or a screen."""
    picture = small(portrait, CUT_WIDTH)
    grids = _screen(picture.shape[:2], pitch, degrees=0) * _screen(
        picture.shape[:2], 1.07 * pitch, degrees=15
    )
    seen = picture * (0.2 + 1.6 * grids)[:, :, None]
    return np.clip(seen, 0, 255).astype(np.uint8)


def _screen(shape: tuple[int, ...], pitch: float, *, degrees: float) -> np.ndarray:
    """0 to 1, highest in the middle of each dot."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    angle, step = math.radians(degrees), 2 * math.pi / pitch
    across = np.cos(step * (math.cos(angle) * columns + math.sin(angle) * rows))
    down = np.cos(step * (math.cos(angle) * rows - math.sin(angle) * columns))
    return 0.5 + 0.25 * (across + down)


SPECIES = {
    "clean": lambda portrait: portrait,
    "100 px, grey, in dots": lambda portrait: in_dots(portrait, 100),
    "284 px, grey, in dots": lambda portrait: in_dots(portrait, CUT_WIDTH),
    "140 px, out of focus by 3 px": lambda portrait: out_of_focus(portrait, 140),
    "284 px, out of focus by 3 px": lambda portrait: out_of_focus(portrait, CUT_WIDTH),
    "284 px, moire": moire,
    "70 px": lambda portrait: small(portrait, 70),
    "70 px, JPEG at 60": lambda portrait: small(portrait, 70, quality=60),
    "90 px, JPEG at 40": lambda portrait: small(portrait, 90, quality=40),
}
