"""One way of writing a text that keyboards, scanners and registers write in several. Pure."""

import re
import unicodedata
from enum import Enum


class Script(Enum):
    """What a field is written in, which decides what counts as the same text."""

    THAI = "thai"
    TITLE_TH = "title_th"
    ENGLISH = "english"
    TITLE_EN = "title_en"
    DIGITS = "digits"
    DATE = "date"
    CODE = "code"
    ADDRESS = "address"


TONES = "\u0e48-\u0e4c"  # and the mark of a silent letter, which stands where a tone does
VOWELS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"  # above and below the consonant
RING, LONG_A, AM = "\u0e4d", "\u0e32", "\u0e33"
FOLLOWING = "\u0e30\u0e32\u0e33"
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SIGNS = str.maketrans(dict.fromkeys("‘’ʼ`´", "'") | dict.fromkeys("‐‑‒–—", "-"))
LEFT_OUT = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})  # control, format, private, surrogate, none
ASIDE = re.compile(r"\s*\([^()]*\)")


def tidy(text: str) -> str:
    """The same text in one form: NFC, one space, no invisible characters, Arabic digits, plain
    quotes and hyphens; in Thai a tone behind the vowel above or below and before one that follows,
    sara am and sara ae as one character each. Each step can make room for another, where marks of
    a foreign script stand between Thai ones: so until nothing changes.
    """
    while (tidied := _tidied(text)) != text:
        text = tidied
    return text


def _tidied(text: str) -> str:
    spaced = " ".join(text.split())
    seen = "".join(one for one in spaced if unicodedata.category(one) not in LEFT_OUT)
    plain = unicodedata.normalize("NFC", seen).translate(DIGITS).translate(SIGNS)
    return unicodedata.normalize("NFC", _thai(" ".join(plain.split())))


def _thai(text: str) -> str:
    ordered = re.sub(f"([{TONES}]+)([{VOWELS}]+)", r"\2\1", text)
    joined = re.sub(f"{RING}([{TONES}]*){LONG_A}", rf"\1{AM}", ordered)
    joined = re.sub(f"([{FOLLOWING}]+)([{TONES}]+)", r"\2\1", joined)
    return joined.replace("เเ", "แ")


def says_nothing(text: str) -> bool:
    """How people and registers write that there is no last name: nothing, `-`, `--`, `.`."""
    return not text.strip(" .-")


def without_aside(text: str) -> str:
    """Without what stands in parentheses behind a name: `Malee (Noi)` is `Malee`."""
    return ASIDE.sub("", text).strip() or text


def latin(text: str) -> str:
    """English letters without accents, as machine-readable documents print them (ICAO 9303-3)."""
    apart = unicodedata.normalize("NFKD", text)
    return tidy("".join(one for one in apart if not unicodedata.combining(one)))
