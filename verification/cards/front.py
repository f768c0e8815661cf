"""What a registered front says, field by field."""

from collections.abc import Iterator

from verification.cards import fields
from verification.cards.address import address_field
from verification.cards.dates import NAMES, settled
from verification.cards.fields import Field
from verification.cards.languages import cross_checked
from verification.cards.layout import WIDTH
from verification.cards.ocr import Text
from verification.cards.readers import ValueLine, read_value
from verification.cards.registration import Registered
from verification.images.arrays import Picture

FARTHER_LEFT = (0.0, -0.02, -0.04)  # of the card's width: a first digit may stand alone
RELIGION_LABEL = "ศาสนา"


def read_fields(card: Registered, lines: dict[str, ValueLine]) -> dict[str, Field]:
    """Every field of the front by name, a date as ISO."""
    text = {name: read_value(card.card, line) for name, line in lines.items() if name != "number"}
    names = fields.thai_name(text["name_th"])
    names |= fields.english_name(text["name_en"], text["last_name_en"])
    dates = settled(
        {
            name: (
                fields.thai_date(text[f"{name}_th"].text),
                fields.english_date(text[f"{name}_en"].text),
            )
            for name in NAMES
        },
        text["request"].text,
    )
    labelled = any(RELIGION_LABEL in one.reading.text for one in card.read)
    return {
        "number": _number(card.card, lines["number"]),
        **cross_checked(names),
        "birth_date": dates["birth_date"],
        "religion": fields.religion_field(text["religion"], labelled=labelled),
        "address": address_field(text["address_1"], text["address_2"]),
        "issue_date": dates["issue_date"],
        "expiry_date": dates["expiry_date"],
    }


def _number(card: Picture, value: ValueLine) -> Field:
    """The first reading that the check digit vouches for."""
    found = [fields.number_field(text) for text in _readings(card, value)]
    return max(found, key=lambda one: one.confidence)


def _readings(card: Picture, value: ValueLine) -> Iterator[Text]:
    for farther in FARTHER_LEFT:
        line = value.line._replace(left=value.line.left + farther * WIDTH)
        text = read_value(card, value._replace(line=line))
        yield text
        if fields.number_field(text).confidence > fields.DOUBTFUL:
            return
