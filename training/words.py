"""What stands on the card's value lines: fresh text of each kind, drawn by chance.

The forms are those measured on real cards (dates without leading zero, two-part addresses, request
numbers, laser codes). Names come from PyThaiNLP's lists and, as often, from syllables that nobody
is called by: the network has to read letters, not to guess names.
"""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from training.latin import english_name, romanised, scrambled_latin

TITLES = {"นาย": "Mr.", "นาง": "Mrs.", "น.ส.": "Miss", "ด.ช.": "Master", "ด.ญ.": "Miss"}
MONTHS_TH = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
MONTHS_EN = "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sep. Oct. Nov. Dec.".split()
RELIGIONS = ("พุทธ", "อิสลาม", "คริสต์", "ฮินดู", "ซิกข์", "พราหมณ์", "ยิว", "ไม่นับถือศาสนา")
LABELS = (
    "บัตรประจำตัวประชาชน", "เลขประจำตัวประชาชน", "ชื่อตัวและชื่อสกุล", "ชื่อ/นามสกุล", "เกิดวันที่", "ศาสนา",
    "ที่อยู่", "วันออกบัตร", "วันบัตรหมดอายุ", "เจ้าพนักงานออกบัตร", "Thai National ID Card",
    "Identification Number", "Name", "Last name", "Last Name", "Date of Birth", "Date of Issue",
    "Date of Expiry", "Religion",
)  # fmt: skip
RANKS = (
    "พล.อ.",
    "ร.ต.อ.",
    "จ.ส.ต.",
    "ว่าที่ ร.ต.",
    "พ.ต.ท.",
    "ม.ล.",
    "ม.ร.ว.",
    "ส.อ.",
    "พระ",
    "นางสาว",
)
# Letters and marks that are taken for each other, as the prototype's errors and the eye have it.
ALIKE = (
    "ซช", "ยข", "คดต", "ทห", "นม", "บปษ", "ผฝพฟ", "ถภก", "ฎฏ", "รธ", "วอ", "จฉ", "ลส", "ศค", "ฬพ",
    "ณฌ", "ฐธ", "ฑท", "ฆม", "ขช", "ฃข", "ญณ", "ฒณ", "ฮอ", "งร", "ิีึื", "ุู", "่้๊๋", "่์", "ั็", "ใไ", "เแ",
)  # fmt: skip
SWAPS = {letter: group for group in ALIKE for letter in group}
STACKED = re.compile("[ัิีึืุู็][่้๊๋์]|[ญฐ][ุู]")
BARE = re.compile("ั(?![่้๊๋])|[ิีึื](?![่้๊๋์])")  # one mark above, that looks like a tone beside it
CONSONANT = re.compile("[ก-ฮ]")
LONE_TONE = re.compile("(?<=[ก-ฮ])(?![ัิีึืุู็่้๊๋์ำ])(?=[ก-ฮาเแโใไ]|$)")
TONES = "่้๊๋์"


class Text(NamedTuple):
    """What a line says, and its kind: how it is set and what stands beside it."""

    text: str
    kind: str


class Words:
    """Draws texts from word lists (training.assets); `chance` makes them repeatable."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.lists: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
        self.chance = chance
        known = self.lists["family"] + self.lists["female"] + self.lists["male"]
        self.stacked = [name for name in known if STACKED.search(name)]
        known += self.lists["words"] + self.lists["provinces"] + self.lists["districts"]
        self.bare = [name for name in known if BARE.search(name)]
        kinds = list(self._kinds())
        self.makers = [maker for maker, _ in kinds]
        self.weights = [weight for _, weight in kinds]

    def _kinds(self) -> list[tuple[Callable[[], Text], int]]:
        return [
            (self.thai_full_name, 22), (self.thai_word, 6), (self.english, 14), (self.number, 8),
            (self.thai_date, 12), (self.english_date, 12), (self.address_1, 9),
            (self.address_2, 8), (self.religion, 2), (self.request, 3), (self.laser, 3),
            (self.label, 4), (self.officer, 1), (self.scrambled, 4), (self.nothing, 2),
        ]  # fmt: skip

    def draw(self) -> Text:
        (maker,) = self.chance.choices(self.makers, self.weights)
        return maker()

    def name_word(self, *lists: str) -> str:
        """A Thai first or last name; marks and lookalikes come oftener than in life."""
        roll = self.chance.random()
        if roll < 0.14:
            word = self.chance.choice(self.stacked)
        elif roll < 0.22:
            word = self.chance.choice(self.bare)
        elif roll < 0.4:
            count = self.chance.choice((1, 2, 2, 3, 3, 4))
            word = "".join(self.chance.choice(self.lists["syllables"]) for _ in range(count))
        elif roll < 0.54:
            word = self.chance.choice(self.lists["words"])
        else:
            word = self.chance.choice(self.lists[self.chance.choice(lists)])
        return self.disturbed(word[:18])

    def disturbed(self, word: str) -> str:
        """Now and then a lookalike instead of a letter, or a tone mark more, less or another."""
        if self.chance.random() < 0.18:
            places = [at for at, letter in enumerate(word) if letter in SWAPS]
            for at in self.chance.sample(places, min(len(places), self.chance.choice((1, 1, 2)))):
                other = self.chance.choice(SWAPS[word[at]].replace(word[at], ""))
                word = word[:at] + other + word[at + 1 :]
        if self.chance.random() < 0.07:
            places = [found.start() for found in LONE_TONE.finditer(word)]
            if places:
                at = self.chance.choice(places)
                word = word[:at] + self.chance.choice(TONES) + word[at:]
        return word

    def thai_full_name(self) -> Text:
        roll = self.chance.random()
        title = self.chance.choice(
            RANKS if roll < 0.06 else tuple(TITLES)[: 3 if roll < 0.9 else 5]
        )
        first, last = self.name_word("female", "male"), self.name_word("family")
        if self.chance.random() < 0.04:
            last = f"{last} {self.name_word('family')}"
        return Text(f"{title} {first}  {last}"[:44], "thai_name")

    def thai_word(self) -> Text:
        return Text(self.name_word("female", "male", "family"), "thai_name")

    def english(self) -> Text:
        return Text(english_name(self.chance), "english")

    def number(self) -> Text:
        digits = self._digits(13)
        return Text(" ".join(digits[a:b] for a, b in ((0, 1), (1, 5), (5, 10), (10, 12), (12, 13))),
                    "number")  # fmt: skip

    def _digits(self, count: int) -> str:
        """Random digits; one in six lines has a digit doubled or tripled on purpose."""
        digits = [self.chance.choice("0123456789") for _ in range(count)]
        if count > 2 and self.chance.random() < 0.3:
            at = self.chance.randrange(count - 2)
            digits[at + 1] = digits[at]
        return "".join(digits)

    def thai_date(self) -> Text:
        if self.chance.random() < 0.05:
            return Text("ตลอดชีพ", "thai_date")
        year = self.chance.randint(2440, 2599)
        if self.chance.random() < 0.04:
            return Text(f"- - {year}", "thai_date")
        month = self.chance.choice(MONTHS_TH)
        return Text(f"{self.chance.randint(1, 31)} {month} {year}", "thai_date")

    def english_date(self) -> Text:
        if self.chance.random() < 0.05:
            return Text("LIFELONG", "english_date")
        year = self.chance.randint(1900, 2056)
        if self.chance.random() < 0.04:
            return Text(f"- - {year}", "english_date")
        month = self.chance.choice(MONTHS_EN)
        return Text(f"{self.chance.randint(1, 31)} {month} {year}", "english_date")

    def _house(self) -> str:
        number = str(self.chance.randint(1, 999))
        if self.chance.random() < 0.75:
            number += f"/{self.chance.randint(1, 199 if self.chance.random() < 0.8 else 9999)}"
        return number

    def _place(self, lists: str) -> str:
        if self.chance.random() < 0.25:
            return self.name_word("family")
        return self.disturbed(self.chance.choice(self.lists[lists]))

    def address_1(self) -> Text:
        parts = [self._house()]
        if self.chance.random() < 0.6:
            parts.append(f"หมู่ที่ {self.chance.randint(1, 19)}")
        if self.chance.random() < 0.3:
            lane = self.chance.choice(("ซ.", "ซอย", "ตรอก", "ถ.", "ถนน"))
            parts.append(lane + self.name_word("family"))
            if self.chance.random() < 0.5:
                parts.append(str(self.chance.randint(1, 120)))
        if self.chance.random() < 0.85:
            parts.append(self.chance.choice(("ต.", "ต.", "แขวง")) + self._place("subdistricts"))
        if self.chance.random() < 0.5:
            parts.append(self.chance.choice(("อ.", "เขต")) + self._place("districts"))
        return Text(" ".join(parts), "address")

    def address_2(self) -> Text:
        town = self.chance.random() < 0.3
        province = "กรุงเทพมหานคร" if town else f"จ.{self._place('provinces')}"
        district = ("เขต" if town else "อ.") + self._place("districts")
        parts = [district, province] if self.chance.random() < 0.7 else [province]
        if self.chance.random() < 0.12:
            parts.insert(0, ("แขวง" if town else "ต.") + self._place("subdistricts"))
        return Text(" ".join(parts), "address")

    def religion(self) -> Text:
        if self.chance.random() < 0.3:
            return Text(self.name_word("female"), "religion")
        return Text(self.chance.choice(RELIGIONS), "religion")

    def request(self) -> Text:
        digits = self._digits(14)
        return Text(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", "request")

    def laser(self) -> Text:
        letters = "".join(self.chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(2))
        digits = self._digits(10)
        return Text(f"{letters}{digits[0]}-{digits[1:8]}-{digits[8:]}", "laser")

    def label(self) -> Text:
        return Text(self.chance.choice(LABELS), "label")

    def officer(self) -> Text:
        first, last = self.name_word("female", "male"), self.name_word("family")
        return Text(f"({self.chance.choice(tuple(TITLES)[:3])}{first}  {last})", "officer")

    def scrambled(self) -> Text:
        """Letters in no language: what no word explains has to be seen."""
        if self.chance.random() < 0.5:
            return Text(scrambled_latin(self.chance), "scrambled")
        letters = "".join(chr(self.chance.randint(0xE01, 0xE2E)) for _ in range(6))
        with_marks = CONSONANT.sub(lambda found: found[0] + self._mark(), letters)
        return Text(with_marks, "scrambled")

    def _mark(self) -> str:
        roll = self.chance.random()
        vowel = self.chance.choice("ัิีึืุู") if roll < 0.45 else ""
        tone = self.chance.choice(TONES) if 0.25 < roll < 0.65 else ""
        return (
            vowel
            + tone
            + self.chance.choice(("", "", "า", "ะ", "เ", "ๆ", "็") if not tone else ("",))
        )

    def nothing(self) -> Text:
        return Text("", "nothing")

    def beside(self) -> str:
        """A few words of a neighbouring line."""
        text = self.draw().text
        return text or romanised(self.chance)
