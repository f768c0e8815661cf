"""An address put right by the official names of provinces, districts and subdistricts."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import geothai

from verification.cards.fields import DOUBTFUL, Field
from verification.cards.ocr import Text

BANGKOK = "กรุงเทพมหานคร"
# The province's จ is also read as another round letter.
PLACES = re.compile(r"\s*(ต\.|แขวง)(.+?)\s*(อ\.|เขต)(.+?)\s*([จอฉ]\.|กรุง)(.+)$")
FADED_STOPS = re.compile(r"\s(ต|แขวง)[. ]*(\S.*?)\s+(อ|เขต)[. ]*(\S.*?)\s+(จ|กรุง)[. ]*(\S.*)$")
VILLAGE = re.compile("หม[ู่ี]*ที[่]?")
WAY = re.compile(r"(?<=.)(?=หมู่ที่|ม\.|ซ\.|ซอย|ตรอก|ถ\.|ถนน)")
NUMBER_BESIDE_LETTERS = re.compile(r"(?<=[ก-๎])(?=\d)|(?<=\d)(?=[ก-๎])")
STOP = re.compile(r"\s*\.\s*")
HOUSE = re.compile(r"^(?:ท\D{0,8}|\D{0,2}?)(?=\d)")  # the label, or what is left of it
ALIKE = 0.6  # of a name's letters; farther apart it is another name
NEARLY = 0.8  # how sure a name is that had to be put right


def address_field(first: Text, second: Text) -> Field:
    """Both lines as one. The places are as sure as they are known to belong to each other, house
    and street as they were read.
    """
    trust = min(first.confidence, second.confidence) if second.text else first.confidence
    joined = STOP.sub(".", f"{first.text} {second.text}".strip())
    whole = HOUSE.sub("", joined)
    found = PLACES.search(whole.replace(" ", "")) or FADED_STOPS.search(whole)
    if not found:
        return Field(whole, min(DOUBTFUL, trust))
    subdistrict, district, province = found.group(2, 4, 6)
    province = f"กรุง{province}" if found[5] == "กรุง" else province
    known, likeness = _known_places(subdistrict, district, province)
    if not known:
        return Field(whole, min(DOUBTFUL, trust))
    street = _street(found.string[: found.start()])
    trust = first.beginning(len(street.replace(" ", "")))
    return Field(f"{street} {known}", trust if likeness == 1 else min(NEARLY, trust))


def _street(text: str) -> str:
    """House, village and street, spaced by rule: Tesseract sees gaps within numbers."""
    bare = VILLAGE.sub("หมู่ที่", text.replace(" ", ""))
    return " ".join(NUMBER_BESIDE_LETTERS.sub(" ", WAY.sub(" ", bare)).split())


def _known_places(subdistrict: str, district: str, province: str) -> tuple[str, float]:
    """The three names as a card writes them, and how like them they were read; or nothing."""
    provinces = list(geothai.provinces())
    at, likeness = _closest(province, tuple(one.name_th for one in provinces))
    if likeness < ALIKE:
        return "", 0.0
    chosen = provinces[at]
    districts = list(geothai.districts(chosen.code))
    bangkok = chosen.name_th == BANGKOK
    names = tuple(one.name_th.removeprefix("เขต") if bangkok else one.name_th for one in districts)
    at, second = _closest(district, names)
    places = tuple(one.name_th for one in geothai.subdistricts(districts[at].code))
    place, third = _closest(subdistrict, places)
    likeness = min(likeness, second, third)
    if likeness < ALIKE:
        return "", 0.0
    if bangkok:
        return f"แขวง{places[place]} เขต{names[at]} {BANGKOK}", likeness
    return f"ต.{places[place]} อ.{names[at]} จ.{chosen.name_th}", likeness


def _closest(name: str, known: Sequence[str]) -> tuple[int, float]:
    """Which of the known names is closest, and how close."""
    bare = name.replace(" ", "")
    if bare in known:
        return known.index(bare), 1.0
    ratios = [SequenceMatcher(None, bare, one, autojunk=False).ratio() for one in known]
    best = max(range(len(known)), key=ratios.__getitem__)
    return best, ratios[best]
