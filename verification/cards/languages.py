"""What the two languages on a card say of each other."""

from core.titles import IN_ENGLISH
from verification.cards.fields import DOUBTFUL, SURE, Field

# The letters an English name begins with for a Thai first consonant: by the official romanisation,
# and as people write them instead.
INITIALS = {
    "ก": "KG", "ขฃคฅฆ": "KC", "จ": "CJ", "ฉชฌ": "CSJ", "ซศษส": "SZ", "ญย": "YJN", "ฎด": "D",
    "ฏต": "TD", "ฐฑฒถทธ": "TDS", "ณน": "N", "บ": "BP", "ป": "PB", "ผพภ": "PB", "ฝฟ": "F", "ม": "M",
    "ร": "RL", "ลฬ": "LR", "ว": "WV", "ห": "HMNLYWR", "อ": "AEIOU", "ฮ": "H",
}  # fmt: skip
BEFORE_A_CONSONANT = "เแโใไ"  # vowels that are written before the consonant they follow


def cross_checked(read: dict[str, Field]) -> dict[str, Field]:
    """The names with what the two languages say of each other: titles that mean the same are sure,
    names that cannot begin alike, or a last name in one language alone, are doubtful.
    """
    checked = dict(read)
    if IN_ENGLISH.get(read["title_th"].value) == read["title_en"].value:
        for name in ("title_th", "title_en"):
            checked[name] = Field(read[name].value, SURE)
    if bool(read["last_name_th"].value) != bool(read["last_name_en"].value):
        for name in ("first_name_th", "last_name_th", "last_name_en"):
            checked[name] = Field(read[name].value, min(DOUBTFUL, read[name].confidence))
    for pair in (("first_name_th", "first_name_en"), ("last_name_th", "last_name_en")):
        if not begins_alike(*(read[name].value for name in pair)):
            for name in pair:
                checked[name] = Field(read[name].value, min(DOUBTFUL, read[name].confidence))
    return checked


def begins_alike(thai: str, english: str) -> bool:
    """Whether the first letters can be one sound; where either name is missing, nothing is said."""
    sounded = thai.removeprefix("อ") if thai.startswith("อย") else thai
    first = sounded.lstrip(BEFORE_A_CONSONANT)[:1]
    expected = next((latin for letters, latin in INITIALS.items() if first in letters), "")
    return not (first and expected and english) or english[0].upper() in expected
