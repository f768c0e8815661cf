"""Sarabun on a card, placed by left edge and baseline as fractions of the card's sides."""

from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

BLUE, BLACK = (24, 46, 120), (20, 20, 24)


class Lettering:
    def __init__(self, card: Image.Image) -> None:
        self.card = card
        self.draw = ImageDraw.Draw(card)

    def write(
        self,
        left: float,
        baseline: float,
        text: str,
        *,
        size: float,
        color: tuple[int, ...],
        bold: bool = False,
    ) -> None:
        """`size` is a share of the card's height."""
        font = _font(round(size * self.card.height), bold=bold)
        place = (left * self.card.width, baseline * self.card.height)
        self.draw.text(place, text, font=font, fill=color, anchor="ls")


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Raqm places Thai vowels and tone marks; without it they would stand beside their letters."""
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    name = f"Sarabun-{'Bold' if bold else 'Regular'}.ttf"
    path = Path(settings.MODELS_DIR) / "fonts" / name
    return ImageFont.truetype(str(path), size, layout_engine=layout)
