"""Draws the two sides of a specimen of the Thai national ID card, ID-1, as pictures.

Everything stands where it does on true cards (layout.py). Nothing of a real card's
artwork is copied: ground, emblem and signature are made here, and every card says SPECIMEN.
"""

from PIL import Image, ImageDraw

from devstack.demo.specimens import artwork, back, foil, layout, paper, printing
from devstack.demo.specimens.look import Look, look_of
from devstack.demo.specimens.panel import printed_portrait
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.wording import english_date, thai_date

__all__ = ["ASPECT", "english_date", "render_back", "render_front", "thai_date"]
ASPECT = layout.ASPECT
MARK = (206, 52, 52)
CORNER = 0.037  # radius, of the width


def render_front(
    person: Person, portrait: Image.Image, *, width: int = 1600, look: Look | None = None
) -> Image.Image:
    """RGBA, transparent outside the rounded corners."""
    look = look or look_of(person)
    card = look.ground.picture(width) if look.ground else _ground(width, look)
    _portrait(card, portrait, look)
    for printed in printing.front_lines(person, look):
        printing.lay(card, printed, look)
    _signed(card, look)
    if look.foil and not look.ground:
        card = foil.lay_over(card, strength=look.foil, seed=look.seed)
    return rounded(printing.stamped(card, layout.MARKS, colour=MARK))


def render_back(person: Person, *, width: int = 1600, look: Look | None = None) -> Image.Image:
    """RGBA, transparent outside the rounded corners; the laser code at one of its two places."""
    look = look or look_of(person)
    place, colour = laser_place(look), back.laser_grey(look.seed)
    if look.back:
        card, colour = look.back.picture(width), look.back.grey
    else:
        design = layout.BACKS[look.seed // 2 % len(layout.BACKS)]
        card = back.blank_back(width, design, variant=look.variant)
    back.engrave(card, person.laser_code, place, colour=colour, faces=look.faces)
    return rounded(printing.stamped(card, layout.BACK_MARKS, colour=MARK))


def laser_place(look: Look) -> layout.Place:
    """Where the laser code stands on one card."""
    places = look.back.places if look.back else layout.LASER_CODES
    place, (across, down) = places[look.seed % len(places)], look.shift
    return place._replace(left=place.left + across, baseline=place.baseline + down,
                          right=place.right + across)  # fmt: skip


def rounded(card: Image.Image) -> Image.Image:
    mask = Image.new("L", card.size, 0)
    radius = int(CORNER * card.width)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *card.size), radius, fill=255)
    card.putalpha(mask)
    return card


def _ground(width: int, look: Look) -> Image.Image:
    """What is there before a card gets its owner."""
    made = look.generation
    kind = "early" if made.early else "late"
    card = paper.front_ground(width, kind, variant=look.variant).copy()
    if made.chip:
        artwork.chip(card, back.pixels(card, layout.CHIP), form=made.chip)
    artwork.emblem(card, back.pixels(card, layout.EMBLEM))
    artwork.barcode(card, back.pixels(card, made.barcode), seed=look.seed)
    return card


def _portrait(card: Image.Image, portrait: Image.Image, look: Look) -> None:
    left, top, right, bottom = back.pixels(card, _box("portrait", layout.PORTRAIT, look))
    panel = printed_portrait(portrait, (right - left, bottom - top), seed=look.seed)
    card.paste(panel, (left, top), panel)
    if look.ground:
        barcode = back.pixels(card, _box("barcode", layout.BARCODE, look))
        artwork.barcode(card, barcode, seed=look.seed)


def _signed(card: Image.Image, look: Look) -> None:
    """The office's seal, over it the officer's name by hand."""
    colour = look.generation.seal
    artwork.seal(card, back.pixels(card, _moved(layout.STAMP, look)), colour=colour, seed=look.seed)
    artwork.signature(card, back.pixels(card, _moved(layout.SIGNATURE, look)), seed=look.seed)


def _box(name: str, box: layout.Box, look: Look) -> layout.Box:
    return look.ground.boxes[name] if look.ground else _moved(box, look)


def _moved(box: layout.Box, look: Look) -> layout.Box:
    """Portrait, seal and signature come with the print; it may not run off the card."""
    across, down = look.shift
    left, top, right, bottom = box
    return left + across, top + down, min(0.995, right + across), bottom + down
