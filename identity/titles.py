"""The ways a title is written: in full, shortened, with and without points. One table."""

import re

# Every way to write a title, by the one it is compared as.
IN_FULL = {
    "นาย": (),
    "นาง": (),
    "นางสาว": ("นส",),
    "เด็กชาย": ("ดช",),
    "เด็กหญิง": ("ดญ",),
    "พลทหาร": ("พลฯ",),
    "สิบตรี": ("สต",),
    "สิบโท": ("สท",),
    "สิบเอก": ("สอ",),
    "จ่าสิบตรี": ("จสต",),
    "จ่าสิบโท": ("จสท",),
    "จ่าสิบเอก": ("จสอ",),
    "ร้อยตรี": ("รต",),
    "ร้อยโท": ("รท",),
    "ร้อยเอก": ("รอ",),
    "พันตรี": ("พต",),
    "พันโท": ("พท",),
    "พันเอก": ("พอ",),
    "พลตรี": ("พลต",),
    "พลโท": ("พลท",),
    "พลเอก": ("พลอ",),
    "ว่าที่ร้อยตรี": ("ว่าที่รต",),
    "ว่าที่ร้อยโท": ("ว่าที่รท",),
    "ว่าที่ร้อยเอก": ("ว่าที่รอ",),
    "ว่าที่พันตรี": ("ว่าที่พต",),
    "ดาบตำรวจ": ("ดต",),
    "สิบตำรวจตรี": ("สตต",),
    "สิบตำรวจโท": ("สตท",),
    "สิบตำรวจเอก": ("สตอ",),
    "ร้อยตำรวจตรี": ("รตต",),
    "ร้อยตำรวจโท": ("รตท",),
    "ร้อยตำรวจเอก": ("รตอ",),
    "พันตำรวจตรี": ("พตต",),
    "พันตำรวจโท": ("พตท",),
    "พันตำรวจเอก": ("พตอ",),
    "พลตำรวจตรี": ("พลตต",),
    "พลตำรวจโท": ("พลตท",),
    "พลตำรวจเอก": ("พลตอ",),
    "พันจ่าตรี": ("พจต",),
    "พันจ่าโท": ("พจท",),
    "พันจ่าเอก": ("พจอ",),
    "พันจ่าอากาศตรี": ("พอต",),
    "พันจ่าอากาศโท": ("พอท",),
    "พันจ่าอากาศเอก": ("พออ",),
    "หม่อมเจ้า": ("มจ",),
    "หม่อมราชวงศ์": ("มรว",),
    "หม่อมหลวง": ("มล",),
}
ENGLISH = {
    "miss": ("ms",),
    "mrs": (),
    "mr": (),
    "master": ("mstr",),
    "momluang": ("ml",),
    "captain": ("capt",),
    "major": ("maj",),
    "colonel": ("col",),
    "general": ("gen",),
    "policelieutenant": ("pollt",),
    "policecaptain": ("polcapt",),
    "policemajor": ("polmaj",),
    "policecolonel": ("polcol",),
}
MEANT = {
    short: full
    for table in (IN_FULL, ENGLISH)
    for full, shorts in table.items()
    for short in shorts
}
WOMAN = "หญิง"  # what a woman's rank ends with
WOMEN = frozenset({"นาง", "นางสาว", "เด็กหญิง"})
ENGLISH_SEX = {"mr": "man", "master": "man", "mrs": "woman", "miss": "woman"}
POINTS = re.compile(r"[\s.]+")


def in_full(title: str) -> str:
    """The title as it is compared: `น.ส.` as `นางสาว`, `Mr.` as `mr`, `ร.ต.หญิง` as
    `ร้อยตรีหญิง`; an unknown one without its points and spaces.
    """
    bare = POINTS.sub("", title).casefold()
    rank = bare.removesuffix(WOMAN)
    return MEANT.get(rank, rank) + bare[len(rank) :]


def sex_of(title: str) -> str:
    """`woman` or `man` as a Thai title says it, "" of a monk's and other titles that do not.

    Ranks are men's where they are not said to be women's.
    """
    full = in_full(title)
    if full in WOMEN or full.endswith(WOMAN):
        return "woman"
    return "man" if full in IN_FULL else ""


def sex_of_english(title: str) -> str:
    """The same of an English title; ranks do not say it."""
    return ENGLISH_SEX.get(in_full(title), "")
