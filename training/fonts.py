"""Typefaces: which Thai one goes with which Latin one, and the sizes they are set in.

The card is set in a bold slab serif whose Thai has loops. Nearest free ones come oftenest; all
others keep the network from learning one face.
"""

import random
import re
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

NAME = re.compile(r"(.+)-(\d+)-(thai|latin)\.ttf")
OFTEN_THAI = {
    "sarabun": 6, "umpush": 5, "kinnari": 3, "norasi": 2, "pridi": 2, "laksaman": 2, "niramit": 2,
    "trirong": 2, "waree": 2, "garuda": 1.5, "loma": 1.5, "noto-sans-thai-looped": 1.5,
    "ibm-plex-sans-thai-looped": 1.5, "taviraj": 1.5,
    "kanit": 0.3, "prompt": 0.3, "mitr": 0.3, "chakra-petch": 0.3, "anuphan": 0.3, "itim": 0.3,
    "athiti": 0.3, "mali": 0.3, "ibm-plex-sans-thai": 0.3, "noto-sans-thai": 0.5,
}  # fmt: skip
OFTEN_LATIN = {
    "rokkitt": 40, "zilla-slab": 10, "roboto-slab": 10, "arvo": 10, "aleo": 7, "bitter": 7,
    "domine": 6, "noto-serif": 6, "tinos": 6, "roboto-condensed": 4, "pridi": 6, "kinnari": 4,
    "norasi": 4, "umpush": 3, "sarabun": 3,
}  # fmt: skip
BOLDNESS = {"400": 0.35, "500": 0.6, "600": 1.2, "700": 2.0, "800": 1.5}
HELD_OUT = ("krub", "maitree", "bitter", "loma")  # unseen: the drawn test lines are set in these
REFERENCE = 100  # pixels at which a face is measured
MEASURED = {"thai": "ก", "latin": "H"}


class Face:
    """One weight of one family in one script; `letter` is the height of ก or H at REFERENCE."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.family, self.weight, self.script = NAME.fullmatch(path.name).groups()
        box = sized(str(path), REFERENCE).getbbox(MEASURED[self.script], anchor="ls")
        self.letter = -box[1]
        self.digit_width = sized(str(path), REFERENCE).getlength("0")

    def at(self, letter: float) -> ImageFont.FreeTypeFont:
        """The face in a size whose ก or H is `letter` pixels high."""
        return sized(str(self.path), max(6, round(REFERENCE * letter / self.letter)))


@lru_cache(maxsize=2000)
def sized(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


class Faces:
    """All faces of a folder, and how often each is drawn."""

    def __init__(self, folder: Path, *, held_out: bool = False) -> None:
        if not (features.check("raqm") and features.check("fribidi")):
            raise RuntimeError("Pillow cannot place Thai marks here: it needs libraqm and fribidi")
        files = sorted(path for path in folder.glob("*.ttf") if NAME.fullmatch(path.name))
        faces = [Face(path) for path in files]
        faces = [face for face in faces if (face.family in HELD_OUT) == held_out]
        self.thai = [face for face in faces if face.script == "thai"]
        self.latin = [face for face in faces if face.script == "latin"]
        self._thai_weights = [self._weight(face, OFTEN_THAI, 0.8) for face in self.thai]
        self._latin_weights = [self._weight(face, OFTEN_LATIN, 0.5) for face in self.latin]

    def _weight(self, face: Face, often: dict[str, float], otherwise: float) -> float:
        weights = {one.weight for one in (*self.thai, *self.latin) if one.family == face.family}
        share = BOLDNESS[face.weight] / sum(BOLDNESS[weight] for weight in weights)
        return often.get(face.family, otherwise) * share

    def pair(self, chance: random.Random) -> tuple[Face, Face]:
        """A Thai face and a Latin one: its own in a third of lines, else a slab serif mostly."""
        (thai,) = chance.choices(self.thai, self._thai_weights)
        own = [one for one in self.latin
               if one.family == thai.family and one.weight == thai.weight]  # fmt: skip
        if own and chance.random() < 0.35:
            return thai, own[0]
        (latin,) = chance.choices(self.latin, self._latin_weights)
        return thai, latin
