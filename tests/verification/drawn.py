"""Pictures whose upright is seen, and what becomes of a file."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from verification.images import BadImage, decode

RED, GREEN = (220, 30, 40), (20, 200, 60)


def picture(width=200, height=120, mode="RGB"):
    """Red, with a green quarter at the upper left: upright is told from turned."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=GREEN)
    return image.convert(mode)


def saved(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, *filter(None, [kind]), **options)
    return out.getvalue()


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def near(pixel, colour):
    return np.abs(pixel.astype(int) - colour).max() <= 12


def is_upright(array):
    height, width = array.shape[:2]
    corners = array[height // 8, width // 8], array[-height // 8, -width // 8]
    return near(corners[0], GREEN) and near(corners[1], RED)


def refusal(data, **limits):
    with pytest.raises(BadImage) as caught:
        decode(data, **limits)
    assert str(caught.value.message)
    return caught.value.code
