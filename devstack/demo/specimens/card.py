"""Draws the two sides of a specimen of the Thai national ID card, ID-1, as pictures.

Places are fractions of width and height. Nothing of a real card's artwork is copied: the ground,
the emblem and the signature are made here, and every card says SPECIMEN.
"""

from PIL import Image, ImageDraw

from core.templatetags.thai import BUDDHIST_OFFSET, MONTHS
from devstack.demo.specimens import artwork
from devstack.demo.specimens.lettering import BLACK, BLUE, Lettering
from devstack.demo.specimens.people import Person
from identity.person import LIFELONG

ASPECT = 85.60 / 53.98
PORTRAIT = (0.72, 0.47, 0.96, 0.91)
CHIP = (0.06, 0.30, 0.19, 0.51)
EMBLEM = (0.05, 0.045, 0.15, 0.215)
SIGNATURE = (0.34, 0.765, 0.48, 0.845)
MARK = (190, 40, 40, 110)
SIGNER = "(ตัวอย่าง ไม่ใช่บัตรจริง)"


def render_front(person: Person, portrait: Image.Image, *, width: int = 1600) -> Image.Image:
    """RGBA, transparent outside the rounded corners."""
    card = artwork.ground(width, ASPECT, seed=1).copy()
    letters = Lettering(card)
    _headings(letters)
    letters.write(0.48, 0.165, _spaced(person.number), size=0.056, color=BLACK, bold=True)
    _names(letters, person)
    _birth(letters, person)
    _address(letters, person)
    _dates(letters, person)
    letters.write(0.72, 0.955, person.request_number, size=0.032, color=BLACK)
    artwork.chip(card, _pixels(card, CHIP))
    artwork.emblem(card, _pixels(card, EMBLEM))
    left, top, right, bottom = _pixels(card, PORTRAIT)
    card.paste(portrait.resize((right - left, bottom - top), Image.Resampling.LANCZOS), (left, top))
    artwork.signature(card, _pixels(card, SIGNATURE), seed=int(person.number) % 1000)
    return _rounded(_specimen_mark(card))


def render_back(person: Person, *, width: int = 1600) -> Image.Image:
    """RGBA, transparent outside the rounded corners."""
    card = artwork.ground(width, ASPECT, seed=2).copy()
    draw = ImageDraw.Draw(card)
    height = card.height
    draw.rectangle((0, int(0.10 * height), width, int(0.28 * height)), fill=(58, 52, 50))
    letters = Lettering(card)
    letters.write(0.08, 0.40, "บัตรประจำตัวประชาชน", size=0.055, color=BLUE, bold=True)
    letters.write(0.08, 0.47, "Thai National ID Card", size=0.045, color=BLUE)
    letters.write(0.08, 0.70, "กรมการปกครอง กระทรวงมหาดไทย", size=0.045, color=BLUE)
    letters.write(0.08, 0.76, "Department of Provincial Administration", size=0.038, color=BLUE)
    letters.write(0.60, 0.86, person.laser_code, size=0.062, color=BLACK, bold=True)
    return _rounded(_specimen_mark(card))


def _headings(letters: Lettering) -> None:
    title = "บัตรประจำตัวประชาชน"
    letters.write(0.30, 0.09, title, size=0.052, color=BLUE, bold=True)
    letters.write(0.63, 0.09, "Thai National ID Card", size=0.050, color=BLUE, bold=True)
    letters.write(0.28, 0.14, "เลขประจำตัวประชาชน", size=0.032, color=BLUE)
    letters.write(0.28, 0.18, "Identification Number", size=0.030, color=BLUE)


def _names(letters: Lettering, person: Person) -> None:
    letters.write(0.16, 0.25, "ชื่อตัวและชื่อสกุล", size=0.038, color=BLUE)
    thai = " ".join(filter(None, (person.title_th, person.first_name_th, person.last_name_th)))
    letters.write(0.33, 0.25, thai, size=0.058, color=BLACK, bold=True)
    letters.write(0.30, 0.32, "Name", size=0.036, color=BLUE)
    english = f"{person.title_en} {person.first_name_en}"
    letters.write(0.38, 0.32, english, size=0.048, color=BLACK, bold=True)
    letters.write(0.30, 0.385, "Last name", size=0.036, color=BLUE)
    letters.write(0.42, 0.385, person.last_name_en or "-", size=0.048, color=BLACK, bold=True)


def _birth(letters: Lettering, person: Person) -> None:
    letters.write(0.38, 0.455, "เกิดวันที่", size=0.038, color=BLUE)
    letters.write(0.47, 0.455, thai_date(person.birth_date), size=0.048, color=BLACK, bold=True)
    letters.write(0.38, 0.515, "Date of Birth", size=0.034, color=BLUE)
    letters.write(0.51, 0.515, english_date(person.birth_date), size=0.046, color=BLACK, bold=True)
    if person.religion:
        letters.write(0.38, 0.58, "ศาสนา", size=0.038, color=BLUE)
        letters.write(0.45, 0.58, person.religion, size=0.046, color=BLACK)


def _address(letters: Lettering, person: Person) -> None:
    """On two lines, broken before the district where the first would grow too long."""
    letters.write(0.10, 0.65, "ที่อยู่", size=0.038, color=BLUE)
    first, second = person.address, ""
    for mark in (" อ.", " เขต"):
        if mark in person.address:
            first, second = person.address.split(mark, 1)
            second = mark.strip() + second
    letters.write(0.16, 0.65, first, size=0.044, color=BLACK)
    letters.write(0.10, 0.72, second, size=0.044, color=BLACK)


def _dates(letters: Lettering, person: Person) -> None:
    for left, value, thai, english in (
        (0.11, person.issue_date, "วันออกบัตร", "Date of Issue"),
        (0.53, person.expiry_date, "วันบัตรหมดอายุ", "Date of Expiry"),
    ):
        letters.write(left, 0.79, thai_date(value), size=0.040, color=BLACK)
        letters.write(left, 0.83, thai, size=0.032, color=BLUE)
        letters.write(left, 0.88, english_date(value), size=0.038, color=BLACK)
        letters.write(left, 0.92, english, size=0.030, color=BLUE)
    letters.write(0.33, 0.92, "เจ้าพนักงานออกบัตร", size=0.032, color=BLUE)
    letters.write(0.33, 0.875, SIGNER, size=0.030, color=BLACK)


def thai_date(iso: str) -> str:
    """`12 ก.พ. 2524`; a part that is not known is a dash."""
    if iso == LIFELONG:
        return "ตลอดชีพ"
    return _date(iso, MONTHS["th"], offset=BUDDHIST_OFFSET)


def english_date(iso: str) -> str:
    """`12 Feb. 1981`."""
    if iso == LIFELONG:
        return "LIFELONG"
    return _date(
        iso, [month if month == "May" else f"{month}." for month in MONTHS["en"]], offset=0
    )


def _date(iso: str, months: list[str], *, offset: int) -> str:
    year, month, day = (*iso.split("-"), "", "")[:3]
    name = months[int(month) - 1] if month else "-"
    return f"{int(day) if day else '-'} {name} {int(year) + offset}"


def _spaced(number: str) -> str:
    return f"{number[0]} {number[1:5]} {number[5:10]} {number[10:12]} {number[12]}"


def _specimen_mark(card: Image.Image) -> Image.Image:
    """Faint letters across the card, lighter than what is read."""
    layer = Image.new("RGBA", card.size, (0, 0, 0, 0))
    letters = Lettering(layer)
    letters.write(0.77, 0.36, "ตัวอย่าง", size=0.07, color=MARK, bold=True)
    letters.write(0.77, 0.43, "SPECIMEN", size=0.06, color=MARK, bold=True)
    letters.write(0.05, 0.58, "SPECIMEN", size=0.05, color=MARK, bold=True)
    return Image.alpha_composite(card.convert("RGBA"), layer)


def _rounded(card: Image.Image) -> Image.Image:
    mask = Image.new("L", card.size, 0)
    radius = int(0.037 * card.width)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *card.size), radius, fill=255)
    card.putalpha(mask)
    return card


def _pixels(card: Image.Image, box: tuple[float, ...]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    width, height = card.size
    return round(left * width), round(top * height), round(right * width), round(bottom * height)
