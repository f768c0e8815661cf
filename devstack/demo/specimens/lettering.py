"""Sets lines as the card's printer does: Thai in one face, Latin letters and digits in another.

The true face is not free. Every face is drawn so narrow that a heading of the card comes out as
wide as it is on true cards, which makes them all alike in width.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

RUNS = re.compile(r"[ก-๛]+|[0-9]+| +|[^ก-๛0-9 ]+")
NEAREST = ("sarabun", "rokkitt")
# A heading, and how wide it is on true cards for each height of a capital letter.
HEADINGS = {"thai": ("เลขประจำตัวประชาชน", 12.05), "latin": ("Identification Number", 14.0)}
DIGIT_WIDTH = 0.606  # of a digit's height; a space is as wide
TALL = {"thai": 0.87, "latin": 1.0}  # of a capital: ก and H
BOLDER = 0.02  # of a letter's height: drawn narrow, a slab serif grows thin
MEASURED = {"thai": "ก", "latin": "H"}
REFERENCE = 200  # pixels at which a face is measured
FINER = 2  # drawn so many times larger, so that edges come out smooth
ROOM = 2.4, 1.2  # letters' heights above and below the baseline


class Typeface(NamedTuple):
    """`letter` is the height of ก or H in a size of REFERENCE; `narrow` how much narrower than
    that makes it, and its digits, it is drawn.
    """

    path: Path
    script: str
    letter: float
    narrow: float
    narrow_digits: float


class Line(NamedTuple):
    """A line's ink, 255 where it is black, with the baseline's row; it starts in column 0."""

    ink: Image.Image
    baseline: int


@cache
def families(script: str) -> tuple[str, ...]:
    """Names of the typefaces there are for "thai" or "latin"."""
    folder = Path(settings.MODELS_DIR) / "fonts" / "cards"
    return tuple(sorted(path.stem.rsplit("-", 2)[0] for path in folder.glob(f"*-{script}.woff")))


@cache
def typeface(family: str, script: str) -> Typeface:
    """One family's part for "thai" or "latin"."""
    folder = Path(settings.MODELS_DIR) / "fonts" / "cards"
    (path,) = (one for one in folder.glob(f"{family}-*-{script}.woff")
               if one.stem.rsplit("-", 2)[0] == family)  # fmt: skip
    font = sized(path, REFERENCE)
    letter = -font.getbbox(MEASURED[script], anchor="ls")[1] / TALL[script]
    heading, wide = HEADINGS[script]
    digit = font.getlength("0") if script == "latin" else letter
    return Typeface(path, script, letter, wide * letter / font.getlength(heading),
                    DIGIT_WIDTH * letter / digit)  # fmt: skip


@cache
def sized(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Raqm places Thai vowels and tone marks; without it they would stand beside their letters."""
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(path), size, layout_engine=layout)


def set_line(
    text: str, letter: float, faces: tuple[str, str] = NEAREST, *, bolder: float = BOLDER
) -> Line:
    """`text` with digits `letter` pixels high, `faces` being a Thai family and a Latin one, whose
    strokes grow by `bolder` of that height at either side.
    """
    above, below = (round(share * letter) for share in ROOM)
    pieces, at = [], 0.0
    for run, face, narrow in _runs(text, faces):
        if face is None:
            at += len(run) * DIGIT_WIDTH * letter
            continue
        size = max(4, round(FINER * REFERENCE * letter / face.letter))
        font = sized(face.path, size)
        wide = font.getlength(run)
        large = Image.new("L", (round(wide) + FINER * above, FINER * (above + below)), 0)
        place = (FINER * above // 2, FINER * above)
        pen = round(bolder * FINER * letter) if face.script == "latin" else 0
        ImageDraw.Draw(large).text(place, run, fill=255, font=font, anchor="ls", stroke_width=pen)
        small = (max(1, round(large.width * narrow / FINER)), above + below)
        start = at - narrow * above / 2
        pieces.append((start, large.resize(small, Image.Resampling.BOX)))
        at += wide * narrow / FINER
    ink = Image.new("L", (round(at) + above, above + below), 0)
    for start, piece in pieces:
        ink.paste(255, (round(start), 0), piece)
    return Line(ink, above)


def _runs(text: str, faces: tuple[str, str]) -> Iterator[tuple[str, Typeface | None, float]]:
    """Stretches of one script, with how narrow each is drawn."""
    for run in RUNS.findall(text):
        if run[0] == " ":
            yield run, None, 1.0
        elif "ก" <= run[0] <= "๛":
            face = typeface(faces[0], "thai")
            yield run, face, face.narrow
        else:
            face = typeface(faces[1], "latin")
            yield run, face, face.narrow_digits if run[0].isdigit() else face.narrow


def fitted(line: Line, width: float) -> Line:
    """Made as wide as `width` pixels, wider or narrower."""
    left, _, right, _ = line.ink.getbbox()
    cut = line.ink.crop((left, 0, right, line.ink.height))
    size = (max(1, round(width)), cut.height)
    return Line(cut.resize(size, Image.Resampling.LANCZOS), line.baseline)
