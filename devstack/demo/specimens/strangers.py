"""Documents that are no Thai national ID card and are handed in as one; all made up, RGBA."""

import numpy as np
from PIL import Image, ImageDraw

from devstack.demo.specimens import artwork, card, layout, paper, printing
from devstack.demo.specimens.back import engrave, pixels
from devstack.demo.specimens.layout import Place
from devstack.demo.specimens.look import Look
from devstack.demo.specimens.panel import printed_portrait
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.wording import english_date, spaced, thai_date

BLACK, PURPLE, WHITE = (40, 42, 44), (92, 60, 120), (250, 250, 250)
LICENCE_GROUND, LICENCE_BAND = ((206, 226, 214), (236, 232, 206)), (28, 74, 140)
FOREIGN_GROUND = ((232, 226, 206), (204, 220, 210))
MARK = ((0.68, 0.70, 0.055, "SPECIMEN"),)
LICENCE_PORTRAIT = (0.035, 0.30, 0.245, 0.80)


def pink_card(
    person: Person, portrait: Image.Image, look: Look, *, width: int = 1600
) -> Image.Image:
    """The card of people without Thai nationality: no chip, no horizon's blue, other headings."""
    picture = paper.front_ground(width, "pink", variant=look.variant).copy()
    artwork.emblem(picture, pixels(picture, layout.EMBLEM))
    artwork.barcode(picture, pixels(picture, layout.BARCODE), seed=look.seed)
    box = pixels(picture, layout.PORTRAIT)
    panel = printed_portrait(portrait, (box[2] - box[0], box[3] - box[1]), seed=look.seed)
    picture.paste(panel, box[:2], panel)
    thai, english = _names(person)
    _write(picture, (
        ("บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย", 0.171, 0.091, 0.044, BLACK),
        ("Non-Thai Identification Card", 0.171, 0.139, 0.032, PURPLE),
        ("เลขประจำตัว", 0.171, 0.205, 0.032, BLACK),
        (spaced("0" + person.number[1:]), 0.330, 0.205, 0.046, BLACK),
        ("ชื่อตัวและชื่อสกุล", 0.104, 0.300, 0.030, BLACK), (thai, 0.290, 0.300, 0.042, BLACK),
        (f"Name  {english}", 0.290, 0.375, 0.034, PURPLE),
        (f"เกิดวันที่  {thai_date(person.birth_date)}", 0.290, 0.455, 0.036, BLACK),
        ("สัญชาติ  ไม่ได้สัญชาติไทย", 0.290, 0.535, 0.036, BLACK),
        (f"ที่อยู่  {person.address}", 0.104, 0.713, 0.030, BLACK),
        (thai_date(person.issue_date), 0.104, 0.835, 0.030, BLACK),
        ("วันออกบัตร", 0.104, 0.890, 0.028, BLACK),
        (thai_date(person.expiry_date), 0.562, 0.835, 0.030, BLACK),
        ("วันบัตรหมดอายุ", 0.562, 0.890, 0.028, BLACK),
    ))  # fmt: skip
    return card.rounded(printing.stamped(picture, layout.MARKS, colour=card.MARK))


def driving_licence(
    person: Person, portrait: Image.Image, look: Look, *, width: int = 1600
) -> Image.Image:
    """A private car driver's licence: portrait on the left, eight digits of its own."""
    picture = _plain(width, LICENCE_GROUND, look.seed)
    ImageDraw.Draw(picture).rectangle((0, 0, width, 0.19 * picture.height), fill=LICENCE_BAND)
    box = pixels(picture, LICENCE_PORTRAIT)
    picture.paste(portrait.convert("RGB").resize((box[2] - box[0], box[3] - box[1])), box[:2])
    thai, english = _names(person)
    issued, ends = person.issue_date, person.expiry_date
    _write(picture, (
        ("ใบอนุญาตขับรถยนต์ส่วนบุคคล", 0.20, 0.085, 0.044, WHITE),
        ("Thailand Private Car Driving Licence", 0.20, 0.160, 0.036, WHITE),
        (f"ฉบับที่ {person.number[4:12]}", 0.28, 0.275, 0.042, BLACK),
        (f"วันอนุญาต {thai_date(issued)}", 0.28, 0.350, 0.034, BLACK),
        (f"Issue Date {english_date(issued)}", 0.28, 0.410, 0.030, BLACK),
        (f"วันสิ้นอายุ {thai_date(ends)}", 0.62, 0.350, 0.034, BLACK),
        (f"Expiry Date {english_date(ends)}", 0.62, 0.410, 0.030, BLACK),
        (f"ชื่อ {thai}", 0.28, 0.510, 0.040, BLACK),
        (f"Name {english}", 0.28, 0.580, 0.034, BLACK),
        (f"เกิดวันที่ {thai_date(person.birth_date)}", 0.28, 0.665, 0.034, BLACK),
        (f"เลขประจำตัวประชาชน {spaced(person.number)}", 0.28, 0.760, 0.034, BLACK),
        (f"ID No. {spaced(person.number)}", 0.28, 0.820, 0.030, BLACK),
        ("นายทะเบียนจังหวัด", 0.60, 0.930, 0.034, BLACK),
    ))  # fmt: skip
    return card.rounded(printing.stamped(picture, MARK, colour=card.MARK))


def foreign_back(person: Person, look: Look, *, width: int = 1600) -> Image.Image:
    """A back with nine digits, a stripe and letters for machines; no country has this card."""
    picture = _plain(width, FOREIGN_GROUND, look.seed)
    high = picture.height
    ImageDraw.Draw(picture).rectangle((0, 0.07 * high, width, 0.22 * high), fill=(46, 42, 44))
    nine, filler = person.number[2:11], "<" * 12
    names = f"{person.last_name_en}<<{person.first_name_en}".upper().replace(" ", "<")
    _write(picture, (
        (nine, 0.62, 0.36, 0.060, BLACK), ("Signature of bearer", 0.08, 0.36, 0.034, BLACK),
        ("REPUBLIC OF EXAMPLE", 0.08, 0.46, 0.036, BLACK),
        ("Issuing authority: Ministry", 0.08, 0.53, 0.030, BLACK),
        (f"IDEXA{nine}7{filler}", 0.05, 0.74, 0.044, BLACK),
        (f"8101014F2801017EXA{filler}4", 0.05, 0.83, 0.044, BLACK),
        (f"{names}{filler}", 0.05, 0.92, 0.044, BLACK),
    ))  # fmt: skip
    return card.rounded(printing.stamped(picture, MARK, colour=card.MARK))


def _names(person: Person) -> tuple[str, str]:
    return (f"{person.title_th} {person.first_name_th} {person.last_name_th}",
            f"{person.title_en} {person.first_name_en} {person.last_name_en}")  # fmt: skip


def _write(picture: Image.Image, lines: tuple) -> None:
    """Each is a text, its left edge, baseline and letter's height, and its colour."""
    for text, left, baseline, letter, colour in lines:
        engrave(picture, text, Place(left, baseline, letter, "black"), colour=colour)


def _plain(width: int, tints: tuple, seed: int) -> Image.Image:
    """A ground of two tints with waves in it."""
    rows, columns = np.mgrid[0 : round(width / layout.ASPECT), 0:width].astype(np.float32) / width
    left, right = (np.array(tint, np.float32) for tint in tints)
    picture = left + columns[..., None] * (right - left)
    wave = np.sin(160 * rows + 5 * np.sin(9 * columns + seed % 7))
    picture -= 6 * np.exp(-((wave / 0.15) ** 2))[..., None]
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
