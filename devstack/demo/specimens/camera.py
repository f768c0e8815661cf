"""What a phone makes of a card: tilt, light, blur, noise, JPEG; and what a cheat would show."""

import io

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens.grounds import ground_of

SIZE = (1600, 1200)
VARIANTS = 7  # of each ground
BACKGROUNDS = ("desk", "cloth", "paper", "dark")  # drawn from; `hand` only where it is named


def photograph(
    card: Image.Image,
    *,
    seed: int,
    tilt: float = 0.05,
    rotation: float | None = None,
    share: float | None = None,
    blur: float = 0.6,
    noise: float = 3.0,
    glare: float = 0.0,
    dim: float = 1.0,
    background: str = "",
    quality: int = 88,
    size: tuple[int, int] = SIZE,
) -> bytes:
    """A JPEG of the card on a ground.

    `tilt` is how far the corners stray, as a share of the card's width; `rotation` in degrees;
    `share` of the photo's width that the card takes; `blur` the lens's sigma in pixels; `noise` in
    grey levels; `glare` from 0 to 1. What is not given is drawn from `seed`.
    """
    draw = np.random.default_rng(seed)
    ground = ground_of(background or str(draw.choice(BACKGROUNDS)), size, variant=seed % VARIANTS)
    rotation = draw.uniform(-8, 8) if rotation is None else rotation
    share = draw.uniform(0.72, 0.86) if share is None else share
    corners = _corners(card, size, draw=draw, tilt=tilt, rotation=rotation, share=share)
    photo = _lay_down(card, ground, corners)
    photo *= _light(size, draw=draw)[:, :, None] * dim
    if glare:
        photo += _spot(size, corners, draw=draw)[:, :, None] * 255 * glare
    if blur:
        photo = cv2.GaussianBlur(photo, (0, 0), blur)
    photo += draw.normal(0, noise, photo.shape)
    return _jpeg(photo, quality)


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


def _corners(
    card: Image.Image,
    size: tuple[int, int],
    *,
    draw: np.random.Generator,
    tilt: float,
    rotation: float,
    share: float,
) -> np.ndarray:
    """Where the card's corners come to lie: 4 x 2, clockwise from the left top one."""
    width = share * size[0]
    half = np.array([width, width * card.height / card.width]) / 2
    flat = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    flat += draw.uniform(-tilt, tilt, (4, 2)) * width / 2
    angle = np.radians(rotation)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(size) / 2 + draw.uniform(-0.02, 0.02, 2) * size
    return (flat @ turn.T + middle).astype(np.float32)


def _lay_down(card: Image.Image, ground: np.ndarray, corners: np.ndarray) -> np.ndarray:
    width, height = card.size
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    view = cv2.getPerspectiveTransform(flat, corners)
    target = (ground.shape[1], ground.shape[0])
    red_green_blue, opaque = np.asarray(card)[:, :, :3], np.asarray(card)[:, :, 3]
    # Colours are drawn out beyond the edge: mixed with black there they would leave a dark rim.
    seen = cv2.warpPerspective(red_green_blue, view, target, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(opaque, view, target)[:, :, None].astype(np.float32) / 255
    shadow = cv2.GaussianBlur(np.roll(cover[:, :, 0], (9, 7), (0, 1)), (0, 0), 9)[:, :, None]
    shaded = ground * (1 - 0.45 * shadow)
    return shaded * (1 - cover) + seen * cover


def _light(size: tuple[int, int], *, draw: np.random.Generator) -> np.ndarray:
    """Brighter towards one side."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = draw.uniform(-0.14, 0.14, 2)
    return (
        draw.uniform(0.86, 1.04) + across * (columns / width - 0.5) + down * (rows / height - 0.5)
    )


def _spot(size: tuple[int, int], corners: np.ndarray, *, draw: np.random.Generator) -> np.ndarray:
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    x, y = corners.mean(axis=0) + draw.uniform(-0.2, 0.2, 2) * size
    return np.exp(-(((columns - x) / 190) ** 2 + ((rows - y) / 90) ** 2))


def _pixels(photo: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(photo)).convert("RGB"), np.float32)


def _jpeg(picture: np.ndarray, quality: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return out.getvalue()
