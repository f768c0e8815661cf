"""Finding an office by what people call it, in Thai or English, typed loosely."""

import re
import unicodedata
from difflib import SequenceMatcher

from core.alphabet import in_alphabet
from offices.models import Office

# What stands before or after a name, and is left out as often as not.
OF_KIND = re.compile(
    r"สำนักทะเบียน|กิ่งอำเภอ|อำเภอ|จังหวัด|แขวง|เขต|อ\.|จ\.|"
    r"\b(?:registration office|registration|office|amphoe|amphur|khet|district|province|changwat)\b"
)
ALIKE = 0.75  # of two names' letters: below, it is another name
LONGEST = 80


def find_offices(said: str, province: str = "") -> list[Office]:
    """The offices meant, the best first; all of a province where only that is said."""
    offices = Office.objects.all()
    if province:
        offices = offices.filter(province_code=province)
    words = _words(said[:LONGEST])
    if not words:
        return sorted(offices, key=lambda one: in_alphabet(one.name)) if province else []
    ranked = [(rank, office) for office in offices if (rank := _rank(words, office)) > 0]
    if not ranked:
        ranked = [(rank, one) for one in offices if (rank := _alike("".join(words), one)) >= ALIKE]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [office for _rank_, office in ranked]


def _rank(words: list[str], office: Office) -> float:
    """How well all the words fit; 0 where one does not. Names count more than provinces."""
    names = [_letters(office.name_th), _letters(office.name_en)]
    provinces = [_letters(office.province_th), _letters(office.province_en)]
    whole = "".join(words)
    if whole in names:
        return 5
    if any(name.startswith(whole) for name in names):
        return 4
    if any(whole in name for name in names):
        return 3
    if all(any(word in name for name in [*names, *provinces]) for word in words):
        return 2 if any(word in name for word in words for name in names) else 1
    return 1 if any(whole in province for province in provinces) else 0


def _alike(whole: str, office: Office) -> float:
    """For a slip of the finger, or another way to write Thai in Latin letters."""
    names = (office.name_th, office.name_en, office.province_th, office.province_en)
    return max(_likeness(SequenceMatcher(None, whole, _letters(name))) for name in names)


def _likeness(pair: SequenceMatcher[str]) -> float:
    """The exact one is dear: only where the cheap upper bounds leave a chance."""
    hopeless = pair.real_quick_ratio() < ALIKE or pair.quick_ratio() < ALIKE
    return 0 if hopeless else pair.ratio()


def _words(said: str) -> list[str]:
    plain = OF_KIND.sub(" ", unicodedata.normalize("NFC", said).casefold())
    return [letters for word in re.split(r"[\s,]+", plain) if (letters := _bare(word))]


def _letters(name: str) -> str:
    return "".join(_words(name))


def _bare(word: str) -> str:
    """Letters and digits without tone marks and other signs above them, hyphens and points."""
    return re.sub(r"[^\w\u0e30-\u0e39]|[\u0e47-\u0e4e]", "", word)
