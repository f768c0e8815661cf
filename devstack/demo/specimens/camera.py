"""What a phone makes of a card: tilt, light, blur, noise, JPEG; and what a cheat would show."""

import io
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens.grounds import PATTERNS, ground_of
from devstack.demo.specimens.hands import lay_fingers
from devstack.demo.specimens.shot import SIZE, Shot, corners_of, frame_of, turned_corners

__all__ = ["BACKGROUNDS", "PATTERNS", "SIZE", "Shot", "photograph", "take"]
VARIANTS = 7  # of each ground
BACKGROUNDS = ("desk", "cloth", "paper", "dark")  # drawn from; others only where they are named
SHADOW = 0.45
GLARE = (0.119, 0.075)  # a reflection's reach, as shares of the photo's width and height


class Taken(NamedTuple):
    """A photo as JPEG, and the card's corners in it: 4 x 2 pixels, clockwise from its left top
    one; they may lie outside.
    """

    jpeg: bytes
    corners: np.ndarray


def photograph(card: Image.Image, *, seed: int, **how: object) -> bytes:
    """A JPEG of the card (RGBA) on a ground; `how` are fields of a Shot."""
    return take(card, Shot(**how), seed=seed).jpeg


def take(card: Image.Image, shot: Shot, *, seed: int) -> Taken:
    """Photograph a card, RGBA."""
    draw = np.random.default_rng(seed)
    kind = shot.background or str(draw.choice(BACKGROUNDS))
    ground = ground_of(kind, shot.size, variant=seed % VARIANTS)
    corners = corners_of(shot, card.width / card.height, draw)
    photo = _lay_down(card, ground, corners)
    if shot.fingers:
        lay_fingers(photo, corners, shot.fingers, np.random.default_rng([62, seed]))
    photo = _exposed(photo, shot, corners, draw)
    left, top, right, bottom = frame_of(shot, corners)
    kept = np.rot90(photo[top:bottom, left:right], shot.quarter)
    inside = corners - np.array([left, top], np.float32)
    lie = turned_corners(inside, (right - left, bottom - top), shot.quarter)
    return Taken(_jpeg(kept, shot.quality), lie)


def scan(card: Image.Image, *, seed: int, cut: float = 0.0, **how: object) -> bytes:
    """The card flat and filling the picture, as a scanner or a cropped screenshot has it; `cut` is
    the share of its width that is missing at each border.
    """
    width, height = card.width, card.height
    size = round(1.05 * width), round(1.05 * height)
    shot = Shot(**{"noise": 1.5, "tint": 0.01, **how})
    flat = replace(shot, tilt=0.0, rotation=0.0, share=width / size[0], size=size, margin=-cut)
    return take(card, flat, seed=seed).jpeg


def as_screen(photo: bytes, *, seed: int = 0) -> bytes:
    """The photo shown on a screen and photographed from there: the two grids beat."""
    picture = _pixels(photo)
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    slant = 0.03 + 0.01 * (seed % 5)
    grid = 0.5 + 0.5 * np.sin(2 * np.pi * (columns + slant * rows) / 3.3)
    grid = grid * (0.5 + 0.5 * np.sin(2 * np.pi * (rows - slant * columns) / 3.7))
    return _jpeg(picture * (0.72 + 0.5 * grid[:, :, None]) + np.array([0, 4, 14]), 92)


def as_copy(photo: bytes) -> bytes:
    """The card as a black-and-white copy on paper."""
    grey = cv2.cvtColor(_pixels(photo).astype(np.uint8), cv2.COLOR_RGB2GRAY).astype(np.float32)
    contrast = np.clip((grey - 110) * 1.4 + 120, 0, 238)
    return _jpeg(np.repeat(contrast[:, :, None], 3, axis=2), 85)


def blurred(photo: bytes, sigma: float = 9.0) -> bytes:
    """The photo out of focus by `sigma` pixels."""
    return _jpeg(cv2.GaussianBlur(_pixels(photo), (0, 0), sigma), 88)


def cut_off(photo: bytes, share: float = 0.3) -> bytes:
    """The right part of the photo is missing."""
    picture = _pixels(photo)
    return _jpeg(picture[:, : int(picture.shape[1] * (1 - share))], 88)


def _lay_down(card: Image.Image, ground: np.ndarray, corners: np.ndarray) -> np.ndarray:
    width, height = card.size
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = (ground.shape[1], ground.shape[0])
    red_green_blue, opaque = np.asarray(card)[:, :, :3], np.asarray(card)[:, :, 3]
    # A lens sees less of a far card than is printed on it: without this, single dots would remain.
    shrunk = width / max(1.0, float(np.linalg.norm(corners[1] - corners[0])))
    if shrunk > 1:
        red_green_blue = cv2.GaussianBlur(red_green_blue, (0, 0), 0.4 * shrunk)
    view = cv2.getPerspectiveTransform(flat, corners)
    # Colours are drawn out beyond the edge: mixed with black there they would leave a dark rim.
    seen = cv2.warpPerspective(red_green_blue, view, target, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(opaque, view, target)[:, :, None].astype(np.float32) / 255
    reach = max(1, round(0.0056 * target[0]))
    shadow = np.roll(cover[:, :, 0], (reach, reach * 3 // 4), (0, 1))
    shadow = cv2.GaussianBlur(shadow, (0, 0), reach)[:, :, None]
    photo = ground * (1 - np.float32(SHADOW) * shadow)
    photo += cover * (seen - photo)
    return photo


def _exposed(
    photo: np.ndarray, shot: Shot, corners: np.ndarray, draw: np.random.Generator
) -> np.ndarray:
    """Light, its colour and its reflection; the lens, a shaking hand, the sensor."""
    photo *= _light(shot.size, draw=draw)[:, :, None] * np.float32(shot.dim)
    photo *= (1 + draw.uniform(-shot.tint, shot.tint, 3)).astype(np.float32)
    if shot.glare:
        photo += _spot(shot.size, corners, draw=draw)[:, :, None] * np.float32(255 * shot.glare)
    if shot.blur:
        photo = cv2.GaussianBlur(photo, (0, 0), shot.blur)
    if shot.motion > 1:
        photo = cv2.filter2D(photo, -1, _shake(shot.motion, draw.uniform(0, np.pi)))
    grain = draw.standard_normal(photo.shape, np.float32)
    grain *= np.float32(shot.noise)
    return np.add(photo, grain, out=grain)


def _light(size: tuple[int, int], *, draw: np.random.Generator) -> np.ndarray:
    """Brighter towards one side."""
    rows, columns = _axes(size)
    across, down = draw.uniform(-0.14, 0.14, 2).astype(np.float32)
    return np.float32(draw.uniform(0.86, 1.04)) + across * (columns - 0.5) + down * (rows - 0.5)


def _spot(size: tuple[int, int], corners: np.ndarray, *, draw: np.random.Generator) -> np.ndarray:
    rows, columns = _axes(size)
    x, y = (corners.mean(axis=0) / size + draw.uniform(-0.2, 0.2, 2)).astype(np.float32)
    return np.exp(-(((rows - y) / GLARE[1]) ** 2)) * np.exp(-(((columns - x) / GLARE[0]) ** 2))


def _axes(size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns as fractions of height and width; H x 1 and 1 x W float32."""
    columns, rows = (np.arange(length, dtype=np.float32) / length for length in size)
    return rows[:, None], columns[None]


def _shake(length: float, angle: float) -> np.ndarray:
    """A kernel that smears along a line of so many pixels."""
    reach = int(np.ceil(length / 2))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    way = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    ends = np.round(np.array([reach - way, reach + way]) * 16).astype(int)
    cv2.line(kernel, ends[0].tolist(), ends[1].tolist(), 1.0, 1, cv2.LINE_AA, 4)
    return kernel / kernel.sum()


def _pixels(photo: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(photo)).convert("RGB"), np.float32)


def _jpeg(picture: np.ndarray, quality: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return out.getvalue()
