"""A line read in two ways, and in a third where the two disagree."""

import re
from difflib import SequenceMatcher

from verification.cards.ink import cut_line, cut_words
from verification.cards.layout import Line
from verification.cards.ocr import Text, read_line, read_words
from verification.cards.spelling import tidy
from verification.images.arrays import Grey

LARGER = 84  # pixels of a line at the third reading
OUTVOTED, DISPUTED = 0.75, 0.5  # the most that is trusted when one, or all, say something else


def read_carefully(ink: Grey, line: Line) -> Text:
    """What two readings out of three agree on, and how far to trust it.

    Tesseract reads letters best in the company of a whole line, but misses and invents spaces;
    word by word the gaps say where words part.
    """
    whole = _tidied(read_line(cut_line(ink, line), line.language))
    words = _tidied(read_words(cut_words(ink, line), line.language))
    spaced = words if line.language == "tha" else whole  # English it parts well by itself
    if _bare(whole) == _bare(words):
        trust = max(whole.confidence, words.confidence)
        return Text(spaced.text, trust, whole.unsure or words.unsure)
    third = _tidied(read_line(cut_line(ink, line, high=LARGER), line.language))
    for one in (whole, words):
        if _bare(one) == _bare(third):
            return _limited(one, OUTVOTED, spaces_of=spaced)
    return _limited(whole, DISPUTED, spaces_of=spaced)


def _limited(text: Text, most: float, *, spaces_of: Text) -> Text:
    spaced = spaced_like(_bare(text), spaces_of.text)
    return Text(spaced, min(most, text.confidence), unsure=True)


def _tidied(text: Text) -> Text:
    return text._replace(text=tidy(text.text))


def _bare(text: Text) -> str:
    return text.text.replace(" ", "")


def spaced_like(bare: str, pattern: str) -> str:
    """`bare` with spaces where `pattern`, another reading of the same line, has them."""
    solid = pattern.replace(" ", "")
    matcher = SequenceMatcher(None, solid, bare, autojunk=False)
    breaks = set()
    for number, gap in enumerate(re.finditer(" ", pattern)):
        place = gap.start() - number  # letters before it
        for _, start, end, to_start, to_end in matcher.get_opcodes():
            if start <= place <= end:
                breaks.add(min(to_start + place - start, to_end))
                break
    return "".join(f" {one}" if at in breaks and at else one for at, one in enumerate(bare))
