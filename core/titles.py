"""People's titles as cards, the register and people write them, in one table, and how they compare.

The Thai forms are those of the register's codes of titles (รหัสคำนำหน้านาม), the English those of
the services themselves.
"""

import re
from dataclasses import dataclass

MAN, WOMAN = "man", "woman"


@dataclass(frozen=True)
class Title:
    """In full, shortened as a card prints it ("" where it never is), in English, and what it says
    of the sex; a rank is a man's where no `หญิง` stands behind it.
    """

    thai: str
    short: str
    english: str
    sex: str = ""


CIVIL = (
    Title("นาย", "", "Mr.", MAN),
    Title("นาง", "", "Mrs.", WOMAN),
    Title("นางสาว", "น.ส.", "Miss", WOMAN),
    Title("เด็กชาย", "ด.ช.", "Master", MAN),
    Title("เด็กหญิง", "ด.ญ.", "Miss", WOMAN),
)
NOBLE = (
    Title("หม่อมเจ้า", "ม.จ.", "Mom Chao"),
    Title("หม่อมราชวงศ์", "ม.ร.ว.", "Mom Rajawongse"),
    Title("หม่อมหลวง", "ม.ล.", "Mom Luang"),
)
GRADES = (("ตรี", "ต."), ("โท", "ท."), ("เอก", "อ."))
OF_THREE_GRADES = {  # what stands before the grade, and the ranks in English, the lowest first
    ("สิบ", "ส."): ("Lance Corporal", "Corporal", "Sergeant"),
    ("จ่าสิบ", "จ.ส."): ("Sergeant Major",) * 3,
    ("ร้อย", "ร."): ("Second Lieutenant", "First Lieutenant", "Captain"),
    ("พัน", "พ."): ("Major", "Lieutenant Colonel", "Colonel"),
    ("พล", "พล."): ("Major General", "Lieutenant General", "General"),
    ("จ่า", "จ."): ("Petty Officer",) * 3,
    ("พันจ่า", "พ.จ."): ("Chief Petty Officer",) * 3,
    ("เรือ", "ร."): ("Sub Lieutenant", "Lieutenant Junior Grade", "Lieutenant"),
    ("นาวา", "น."): ("Lieutenant Commander", "Commander", "Captain"),
    ("พลเรือ", "พล.ร."): ("Rear Admiral", "Vice Admiral", "Admiral"),
    ("จ่าอากาศ", "จ."): ("Leading Aircraftman", "Corporal", "Sergeant"),
    ("พันจ่าอากาศ", "พ.อ."): ("Flight Sergeant",) * 3,
    ("เรืออากาศ", "ร."): ("Pilot Officer", "Flying Officer", "Flight Lieutenant"),
    ("นาวาอากาศ", "น."): ("Squadron Leader", "Wing Commander", "Group Captain"),
    ("พลอากาศ", "พล.อ."): ("Air Vice Marshal", "Air Marshal", "Air Chief Marshal"),
    ("สิบตำรวจ", "ส.ต."): ("Police Lance Corporal", "Police Corporal", "Police Sergeant"),
    ("ร้อยตำรวจ", "ร.ต."): ("Police Sub Lieutenant", "Police Lieutenant", "Police Captain"),
    ("พันตำรวจ", "พ.ต."): ("Police Major", "Police Lieutenant Colonel", "Police Colonel"),
    ("พลตำรวจ", "พล.ต."): ("Police Major General", "Police Lieutenant General", "Police General"),
}
RANKS = (
    *(
        Title(thai + grade, short + letter, english, MAN)
        for (thai, short), in_english in OF_THREE_GRADES.items()
        for (grade, letter), english in zip(GRADES, in_english, strict=True)
    ),
    Title("จ่าสิบตำรวจ", "จ.ส.ต.", "Police Sergeant Major", MAN),
    Title("ดาบตำรวจ", "ด.ต.", "Police Senior Sergeant Major", MAN),
    Title("พลทหาร", "พลฯ", "Private", MAN),
    Title("พลตำรวจ", "พลฯ", "Police Constable", MAN),
)
OTHER_WAYS = {
    "นายดาบตำรวจ": "ดาบตำรวจ", "พลทหารเรือ": "พลทหาร", "พลทหารอากาศ": "พลทหาร",
    "พลฯทหารเรือ": "พลทหาร", "พลฯทหารอากาศ": "พลทหาร",
    "ms": "miss", "mstr": "master", "ml": "momluang",
    "acm": "airchiefmarshal", "avm": "airvicemarshal", "lcpl": "lancecorporal",
}  # fmt: skip
# What stands beside a rank. That it is the navy's (ร.น.) says one of card and register, if any.
BESIDE = {"ว่าที่": "ว่าที่", "หญิง": "หญิง", "พิเศษ": "พิเศษ", "รน": "", "acting": "acting"}
WORDS = {
    "adm": "admiral", "capt": "captain", "cdr": "commander", "col": "colonel", "cpl": "corporal",
    "fg": "flying", "flt": "flight", "gen": "general", "gp": "group", "jg": "juniorgrade",
    "ldr": "leader", "lt": "lieutenant", "maj": "major", "off": "officer", "plt": "pilot",
    "pol": "police", "pvt": "private", "sen": "senior", "sgt": "sergeant", "snr": "senior",
    "sqn": "squadron", "wg": "wing",
}  # fmt: skip
APART = re.compile(r"[\s.()-]+")
RAJAWONGSE = re.compile(r"\bm\.\s*r\b")  # M.R., who without points would be Mr.


def _bare(text: str) -> str:
    return APART.sub("", RAJAWONGSE.sub("momrajawongse", text.casefold()))


def _known_parts() -> dict[str, str]:
    """What titles are made of, by every way to write it: as it is compared. Ranks that are
    shortened alike are the first of them, for a card that says ร.ต. says of no service.
    """
    known = OTHER_WAYS | BESIDE | WORDS
    for title in (*CIVIL, *NOBLE, *RANKS):
        known[title.thai] = known.setdefault(_bare(title.short) or title.thai, title.thai)
        known |= {word: word for word in map(_bare, title.english.split())}
    return known


KNOWN = _known_parts()
PART = re.compile("|".join(sorted(KNOWN, key=len, reverse=True)))
# For who reads cards: what stands for a title that most people have, and the titles few have.
IN_ENGLISH = {way: one.english for one in CIVIL for way in (one.thai, one.short) if way}
RARE = tuple(title.thai for title in (*NOBLE, *RANKS))
ENGLISH_RANKS = frozenset(_bare(title.english) for title in RANKS)
SEX = {one.thai: one.sex for one in (*CIVIL, *RANKS)}
SEX |= {_bare(one.english): one.sex for one in CIVIL} | {"หญิง": WOMAN}


def in_full(title: str) -> str:
    """The title as it is compared: `น.ส.` as `นางสาว`, `ร.ต.หญิง` as `ร้อยตรีหญิง`, `Pol.Lt.Col.` as
    `policelieutenantcolonel`; one that is not in the table without points and spaces.
    """
    return "".join(_parts(title)) or _bare(title)


def sex_of(title: str) -> str:
    """`woman` or `man` as a title says it, "" of a monk's and others that do not."""
    said = {SEX.get(part, "") for part in _parts(title)}
    if WOMAN in said or _bare(title).endswith("หญิง"):
        return WOMAN
    return MAN if MAN in said else ""


def is_english_rank(title: str) -> bool:
    """Whether it is a rank in English, in full or shortened; also an acting one."""
    return "".join(part for part in _parts(title) if part != "acting") in ENGLISH_RANKS


def _parts(title: str) -> list[str]:
    """What the title is made of, each as it is compared; nothing unless all of it is known."""
    bare = _bare(title)
    parts = PART.findall(bare)
    return [KNOWN[part] for part in parts] if "".join(parts) == bare else []
