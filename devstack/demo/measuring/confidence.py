"""How far to trust a line: what specimens' lines were heard as, and whether that is right.

Nothing was trained on these cards. Both readers are asked about every line, so that they can be
judged alone and together.
"""

from typing import NamedTuple

from devstack.demo.measuring.cards import take_card
from devstack.demo.measuring.lines import SPECIMENS_NAMES
from devstack.demo.specimens import printing
from verification.cards import ocr
from verification.cards.confidence import likelihood
from verification.cards.front import hear_lines
from verification.cards.readers import CLEAR, LANGUAGES, for_tesseract
from verification.cards.recogniser import line_crops
from verification.cards.registration import Registered, register, value_lines
from verification.cards.spelling import tidy
from verification.faces.detection import find_faces
from verification.images import decode


class HeardLine(NamedTuple):
    """A printed line: its name, how likely our recogniser says it is, 0 to 1, whether it is right,
    whether Tesseract is, and whether they agree.
    """

    name: str
    said: float
    right: bool
    other_right: bool
    agreed: bool

    @property
    def vouched(self) -> bool:
        """Whether the portal asks Tesseract about it and is told the same."""
        return self.agreed and self.said < CLEAR

    @property
    def believed(self) -> float:
        return likelihood(self.said, agreed=self.vouched)


def heard_lines(seed: int) -> list[HeardLine]:
    """The value lines of one person's front as the reader finds them; none where it finds no card.

    Spaces do not count. Every other card is printed in typefaces that nothing was trained on.
    """
    taken = take_card(seed, unseen=seed % 2 == 1)
    photo = decode(taken.front)
    found = register(photo, find_faces(photo))
    if not isinstance(found, Registered):
        return []
    printed = {one.name: one.text for one in printing.front_lines(taken.person, taken.look)}
    lines = {
        name: line
        for name, line in value_lines(found).items()
        if SPECIMENS_NAMES.get(name, name) in printed
    }
    result = []
    for name, heard in hear_lines(found, lines).items():
        true = _bare(printed[SPECIMENS_NAMES.get(name, name)])
        strip = line_crops(found.card, lines[name].line, ways=1)[0]
        language = LANGUAGES.get(lines[name].letters, "tha")
        other = _bare(ocr.read_line(for_tesseract(strip), language).text)
        ours = _bare(heard.own.text)
        result.append(HeardLine(name, heard.own.likely, ours == true, other == true, ours == other))
    return result


def _bare(text: str) -> str:
    return tidy(text).replace(" ", "")
