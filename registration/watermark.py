"""Marks a picture with who looks at it and when, so that a leaked one says where it came from."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

LETTERS = 0.024  # height of the letters, as a share of the picture's diagonal
SMALLEST = 11
STRENGTH = 64  # of 255: readable on skin and on paper, and a face stays comparable
TILT = 24


def watermarked(jpeg: bytes, *, text: str, quality: int = 88) -> bytes:
    """The same picture, as JPEG, with `text` (Latin letters and digits) drawn lightly all over it.

    Light letters with a dark edge show on any ground. Raises PIL.UnidentifiedImageError for what is
    no picture; it is meant for our own sealed files, not for what strangers send.
    """
    with Image.open(io.BytesIO(jpeg)) as opened:
        picture = opened.convert("RGB")
    mark = _mark(text, size=max(SMALLEST, round(math.hypot(*picture.size) * LETTERS)))
    for place in _places(picture.size, mark.size):
        picture.paste(mark, place, mark)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return written.getvalue()


def _mark(text: str, *, size: int) -> Image.Image:
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(text, stroke_width=1)
    mark = Image.new("RGBA", (int(right - left) + 4, int(bottom - top) + 4), (0, 0, 0, 0))
    draw = ImageDraw.Draw(mark)
    light, dark = (255, 255, 255, STRENGTH), (0, 0, 0, STRENGTH)
    draw.text((2 - left, 2 - top), text, font=font, fill=light, stroke_width=1, stroke_fill=dark)
    return mark.rotate(TILT, expand=True, resample=Image.Resampling.BICUBIC)


def _places(picture: tuple[int, int], mark: tuple[int, int]) -> list[tuple[int, int]]:
    """Every other row is moved by half a mark, so that no part of the picture is free of it."""
    width, height = picture
    across, down = mark[0], round(mark[1] * 0.8)
    return [
        (x - (across // 2 if row % 2 else 0), y)
        for row, y in enumerate(range(-down // 3, height, down))
        for x in range(0, width + across, across)
    ]
