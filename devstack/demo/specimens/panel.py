"""The portrait as the card prints it: before a light panel with a height scale."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from devstack.demo.specimens.cutout import GROUND
from devstack.demo.specimens.lettering import REFERENCE, sized, typeface

PANEL = (0.035, 0.965)  # it is a little narrower than the shoulders
STEP = 0.223  # between two lines of the scale, of the portrait's height
ALIKE = 40.0  # how far, in colour, the plain ground fades into a person's edge
INK = (112, 114, 116)
NUMBER_HEIGHT = 0.048  # of the portrait's height


def printed_portrait(portrait: Image.Image, size: tuple[int, int], *, seed: int) -> Image.Image:
    """RGBA of `size`: the scale shows where the portrait has cutout.GROUND, and beside the panel
    such ground is not there.
    """
    person = np.asarray(portrait.convert("RGB").resize(size, Image.Resampling.LANCZOS), np.float32)
    away = np.linalg.norm(person - GROUND, axis=2) / ALIKE
    ground = np.clip(1 - away, 0, 1)[..., None]
    scale = np.asarray(_scale(size, 150 + 10 * (seed % 4)), np.float32)
    picture = person + ground * (scale - GROUND)
    columns = np.arange(size[0]) / size[0]
    outside = (columns < PANEL[0]) | (columns > PANEL[1])
    cover = 1 - ground * outside[None, :, None]
    return Image.fromarray(np.clip(np.dstack([picture, 255 * cover]), 0, 255).astype(np.uint8))


@lru_cache(maxsize=8)
def _scale(size: tuple[int, int], lowest: int) -> Image.Image:
    """Lines with numbers at both sides, ten centimetres from one to the next."""
    width, height = size
    panel = Image.new("RGB", size, tuple(int(part) for part in GROUND))
    draw = ImageDraw.Draw(panel)
    face = typeface("roboto-condensed", "latin").path
    font = sized(face, max(5, round(NUMBER_HEIGHT * height * REFERENCE / 142)))
    thin = max(1, height // 220)
    for step in range(4):
        y, number = (0.095 + STEP * step) * height, str(lowest + 30 - 10 * step)
        draw.line((0.22 * width, y, 0.78 * width, y), fill=INK, width=thin)
        draw.line((0.05 * width, y - 0.09 * height, 0.95 * width, y - 0.09 * height),
                  fill=(178, 182, 184), width=thin)  # fmt: skip
        draw.text((0.055 * width, y), number, fill=INK, font=font, anchor="lm")
        draw.text((0.945 * width, y), number, fill=INK, font=font, anchor="rm")
    return panel.filter(ImageFilter.GaussianBlur(height / 500))
