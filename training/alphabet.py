"""The letters the recogniser knows: one file, read by the portal and by training alike."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "verification" / "cards" / "recogniser"
LETTERS = (FOLDER / "alphabet.txt").read_text("utf-8").rstrip("\n")
BLANK = 0
CLASSES = len(LETTERS) + 1
NUMBER_OF = {letter: place + 1 for place, letter in enumerate(LETTERS)}


def encoded(text: str) -> list[int]:
    """Class numbers of a text; 0 is CTC's blank."""
    return [NUMBER_OF[letter] for letter in text]


def collapsed(classes: list[int]) -> str:
    """CTC's best path as text."""
    kept = (now for before, now in zip([BLANK, *classes], classes, strict=False) if now != before)
    return "".join(LETTERS[one - 1] for one in kept if one != BLANK)
