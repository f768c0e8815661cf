"""Which letters each of the card's fields can hold."""

from functools import cache
from pathlib import Path

LETTERS = (Path(__file__).parent / "alphabet.txt").read_text("utf-8").rstrip("\n")
DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LATIN = CAPITALS + CAPITALS.lower()
THAI = "".join(letter for letter in LETTERS if letter >= "ก")
MONTHS_TH = "มคกพีเยิสตธ."
MONTHS_EN = "JanFebMarAprMayJunJulAugSepOctNovDec."
LETTERS_OF = {
    "number": DIGITS,
    "request": DIGITS + "-",
    "laser": CAPITALS + DIGITS + "-",
    "thai": THAI + ".-",
    "english": LATIN + ".-'",
    "thai_date": DIGITS + MONTHS_TH + "-ตลอดชีพ",
    "english_date": DIGITS + MONTHS_EN + "-LIFELONG",
    "address": THAI + DIGITS + "./-()",
    "religion": THAI,
}


@cache
def letters_of(kind: str) -> frozenset[str]:
    """The letters of a field of this kind, a space among them."""
    return frozenset(LETTERS_OF[kind] + " ")
