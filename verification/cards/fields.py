"""From what was read on a line to a value that can be checked."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from stdnum.th import pin

from core.templatetags.thai import BUDDHIST_OFFSET, MONTHS
from core.titles import IN_ENGLISH, RARE, is_english_rank
from verification.cards.ocr import Text

LIFELONG = "lifelong"
SURE, PUT_RIGHT, UNSURE, DOUBTFUL = 0.97, 0.95, 0.65, 0.4
TITLES_TH = sorted(IN_ENGLISH, key=len, reverse=True)  # นางสาว before นาง
MISS = re.compile(r"^\D{0,2}น\W?\s?ส[ีิ]?[.,]")
REMNANT = 3  # letters at most that are left of a label
RELIGIONS = ("พุทธ", "อิสลาม", "คริสต์", "ฮินดู", "ซิกข์", "พราหมณ์")
TITLES_EN = tuple(dict.fromkeys(IN_ENGLISH.values()))
LONG = "|".join(sorted(RARE, key=len, reverse=True))
SHORTENED = r"(?:[ก-ฮ]{1,4}\.){2,6}|[ก-ฮ]{2,4}\.|พลฯ"
RANK = re.compile(rf"^((?:ว่าที่\s?)?(?:{LONG}|{SHORTENED})(?:\s?หญิง(?=\s))?)\s*(?=[ก-ฮเแโใไ])")
OF_THE_NAVY = re.compile(r"\s+ร\.\s?น\.?$")  # behind the name of some who serve in it
LONGEST_RANK = 4  # words: Pol. Sen. Sgt. Maj.
NUMBER_DIGITS = 13
LASER = re.compile(r"([A-Z]{2})(\d)-?(\d{7})-?(\d{2})")
LASER_DIGITS = 10
LIKE_DIGITS = {
    "O": "0",
    "D": "0",
    "Q": "0",
    "I": "1",
    "L": "1",
    "Z": "2",
    "S": "5",
    "T": "7",
    "B": "8",
}
YEARS = range(1880, 2100)
MONTHS_TH = [month.replace(".", "") for month in MONTHS["th"]]


@dataclass(frozen=True)
class Field:
    """A value in the portal's own form (dates ISO), and how far to trust it, 0 to 1."""

    value: str
    confidence: float


NOTHING = Field("", 0.0)


def number_field(text: Text) -> Field:
    """Thirteen digits; the check digit says whether they were read right."""
    digits = re.sub(r"\D", "", text.text)
    if len(digits) == NUMBER_DIGITS and pin.is_valid(digits):
        return Field(digits, max(0.9, text.confidence))
    return Field(digits[:NUMBER_DIGITS], min(DOUBTFUL, text.confidence))


def laser_field(text: Text) -> Field:
    """The code on the back. It has no check digit: what had to be put right is doubtful."""
    code, exact = _laser(text.text)
    return Field(code, text.confidence if exact else min(DOUBTFUL, text.confidence))


def _laser(text: str) -> tuple[str, bool]:
    """The code in its form, and whether it was read in that form; else what was read."""
    bare = text.replace(" ", "").replace("-", "")
    if found := LASER.fullmatch(bare):
        return "{}{}-{}-{}".format(*found.groups()), True
    letters, rest = bare[:2], "".join(LIKE_DIGITS.get(one, one) for one in bare[2:])
    if len(rest) > LASER_DIGITS and rest[0] == rest[1]:  # a round 0 is also read as O0
        rest = rest[1:]
    if found := LASER.fullmatch(letters + rest):
        return "{}{}-{}-{}".format(*found.groups()), False
    return text.replace(" ", "")[: LASER_DIGITS + 4], False


def thai_name(text: Text) -> dict[str, Field]:
    """Title, first and last name. A single name leaves the last one empty."""
    title, names = _parted(OF_THE_NAVY.sub("", text.text))
    first, _, last = names.strip().partition(" ")
    trust = text.confidence if title and first else min(DOUBTFUL, text.confidence)
    return {
        "title_th": Field(title, trust),
        "first_name_th": Field(first, trust),
        "last_name_th": Field(last.strip(), trust),
    }


def _parted(whole: str) -> tuple[str, str]:
    """Title and names; a remnant of the label may stand before them."""
    if found := MISS.match(whole):
        return "น.ส.", whole[found.end() :]
    for known in TITLES_TH:
        if 0 <= (at := whole.find(known)) <= REMNANT:
            return known, whole[at + len(known) :]
    if rank := RANK.match(whole):
        return rank.group(1), whole[rank.end() :]
    return "", whole


def english_name(text: Text, last: Text) -> dict[str, Field]:
    words = re.sub(r"[^A-Za-z .'-]", "", text.text).split()
    title, names = _english_title(words)
    trust = text.confidence if title else min(DOUBTFUL, text.confidence)
    family = _capital(re.sub(r"[^A-Za-z '-]", "", last.text).strip(" -'"))
    return {
        "title_en": Field(title, trust),
        "first_name_en": Field(_capital(" ".join(names)), trust),
        "last_name_en": Field(family, last.confidence if family else SURE),
    }


def _english_title(words: list[str]) -> tuple[str, list[str]]:
    """A rank as it is read, or the title that most people have which comes closest; the rest."""
    for count in range(min(LONGEST_RANK, len(words)), 0, -1):
        if is_english_rank(rank := " ".join(words[:count])):
            return rank, words[count:]
    close = get_close_matches(words[0], TITLES_EN, n=1, cutoff=0.5) if words else []
    return (close[0], words[1:]) if close else ("", words)


def religion_field(text: Text, *, labelled: bool) -> Field:
    """One of the usual ones; nothing where no label says that one is printed; else doubtful."""
    close = get_close_matches(text.text, RELIGIONS, n=1, cutoff=0.6)
    if close:
        return Field(close[0], SURE if close[0] == text.text else PUT_RIGHT)
    if not labelled and text.confidence < UNSURE:
        return Field("", SURE)
    return Field(text.text, min(DOUBTFUL, text.confidence))


def _capital(name: str) -> str:
    """A name begins with a capital; what looks like a small L there is an I."""
    return f"I{name[1:]}" if name.startswith("l") else name


def thai_date(text: str) -> str:
    """`12 ก.พ. 2524` to `1981-02-12`; `- - 2495` to `1952`; empty if it is no date."""
    compact = text.replace(".", "").replace(" ", "")
    if get_close_matches(compact, ["ตลอดชีพ"], n=1, cutoff=0.7):
        return LIFELONG
    found = re.match(r"^\D*?(\d{1,2}|-)?([^\d]*?)(\d{4})\D?$", compact)
    if not found:
        return ""
    day, month, year = found.groups()
    return _iso(day or "-", _month(month, MONTHS_TH), int(year) - BUDDHIST_OFFSET)


def english_date(text: str) -> str:
    """`12 Feb. 1981` to `1981-02-12`."""
    compact = text.replace(".", "").replace(" ", "")
    if "LIFE" in compact.upper():
        return LIFELONG
    found = re.search(r"(\d{1,2}|-)?([A-Za-z0]{3,4}|-)?(\d{4})\D?$", compact)
    if not found:
        return ""
    day, month, year = found.groups()
    named = _month((month or "-").replace("0", "O").title(), MONTHS["en"])
    return _iso(day or "-", named, int(year))


def _month(text: str, months: list[str]) -> int:
    """1 to 12 by the closest name, 0 where the card has a dash."""
    close = get_close_matches(text, months, n=1, cutoff=0.5)
    return months.index(close[0]) + 1 if close else 0


def _iso(day: str, month: int, year: int) -> str:
    """ISO text of a whole date, a month or a year; empty for a day that no calendar has."""
    if year not in YEARS or (month == 0 and day != "-"):
        return ""
    if day == "-":
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""
