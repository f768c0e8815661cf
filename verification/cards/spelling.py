"""Thai writing as Tesseract gives it, made such as Thai is written."""

import re

TONES = "\u0e48-\u0e4b"
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # written above or below a consonant
CONSONANTS = "ก-ฮ"
UNKNOWN = re.compile(r"[^\u0E01-\u0E3A\u0E40-\u0E4F0-9A-Za-z ./()-]")
SAME_MARK_TWICE = re.compile(f"([{MARKS}])\\1+")
MARK_WITHOUT_CONSONANT = re.compile(f"(?<![{CONSONANTS}{MARKS}])[{MARKS}]+")


def tidy(text: str) -> str:
    """One way of writing what has two, nothing that no card has, no mark without a consonant."""
    known = MARK_WITHOUT_CONSONANT.sub("", UNKNOWN.sub("", text))
    joined = known.replace("เเ", "แ").replace("\u0e4d\u0e32", "\u0e33")  # the vowel am
    joined = re.sub(f"\u0e4d([{TONES}])\u0e32", "\\1\u0e33", joined)
    joined = re.sub(f"([{TONES}])[{TONES}]\u0e32", "\\1\u0e33", joined)  # its ring, read as a tone
    return " ".join(SAME_MARK_TWICE.sub(r"\1", joined).split())
