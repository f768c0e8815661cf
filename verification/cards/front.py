"""What a registered front says, field by field."""

from collections.abc import Callable, Mapping

from verification.cards import fields
from verification.cards.address import address_field
from verification.cards.dates import NAMES, Said, settled
from verification.cards.fields import Field
from verification.cards.languages import cross_checked
from verification.cards.layout import WIDTH
from verification.cards.ocr import Text
from verification.cards.readers import NOTHING, Heard, ValueLine, believed, hear
from verification.cards.recogniser.alphabets import DIGITS
from verification.cards.registration import Registered
from verification.images.arrays import Picture

FARTHER_LEFT = (0.0, -0.02, -0.04)  # of the card's width: a first digit may stand alone
RELIGION_LABEL = "ศาสนา"


def read_lines(card: Registered, lines: dict[str, ValueLine]) -> dict[str, Text]:
    return {name: believed(one) for name, one in hear_lines(card, lines).items()}


def fields_of(text: Mapping[str, Text], card: Registered) -> dict[str, Field]:
    """Every field of the front by name, a date as ISO, from its lines."""
    names = fields.thai_name(text["name_th"])
    names |= fields.english_name(text["name_en"], text["last_name_en"])
    dates = settled({name: _twice(text, name) for name in NAMES}, text["request"].text)
    labelled = any(RELIGION_LABEL in one.reading.text for one in card.read)
    return {
        "number": fields.number_field(text["number"]),
        **cross_checked(names),
        "birth_date": dates["birth_date"],
        "religion": fields.religion_field(text["religion"], labelled=labelled),
        "address": address_field(text["address_1"], text["address_2"]),
        "issue_date": dates["issue_date"],
        "expiry_date": dates["expiry_date"],
    }


def hear_lines(card: Registered, lines: dict[str, ValueLine]) -> dict[str, Heard]:
    return {
        name: _hear(card.card, line, FORMS.get(name, _any_form)) for name, line in lines.items()
    }


def _twice(text: Mapping[str, Text], name: str) -> tuple[Said, Said]:
    """A date as each language says it."""
    thai, english = text[f"{name}_th"], text[f"{name}_en"]
    return (
        Said(fields.thai_date(thai.text), thai.confidence),
        Said(fields.english_date(english.text), english.confidence),
    )


def _hear(card: Picture, value: ValueLine, formed: Callable[[Text], bool]) -> Heard:
    """The first reading that has the form of such a value: a first letter may stand alone."""
    first = None
    for farther in FARTHER_LEFT:
        line = value.line._replace(left=value.line.left + farther * WIDTH)
        heard = hear(card, value._replace(line=line))
        if formed(believed(heard)):
            return heard
        first = first or heard
    return first or NOTHING


def _any_form(_text: Text) -> bool:
    return True


def _is_number(text: Text) -> bool:
    return fields.number_field(text).confidence > fields.DOUBTFUL


def _has_thai_title(text: Text) -> bool:
    return bool(fields.thai_name(text)["title_th"].value)


def _has_english_title(text: Text) -> bool:
    return bool(fields.english_name(text, text)["title_en"].value)


def _is_thai_date(text: Text) -> bool:
    return bool(fields.thai_date(text.text)) and _tells_the_day(text)


def _is_english_date(text: Text) -> bool:
    return bool(fields.english_date(text.text)) and _tells_the_day(text)


def _tells_the_day(text: Text) -> bool:
    """A day that is not known is a dash; a line without either begins farther left."""
    return text.text[:1] in {*DIGITS, "-"} or not any(letter in DIGITS for letter in text.text)


FORMS: dict[str, Callable[[Text], bool]] = {
    "number": _is_number,
    "name_th": _has_thai_title,
    "name_en": _has_english_title,
    **{f"{name}_th": _is_thai_date for name in NAMES},
    **{f"{name}_en": _is_english_date for name in NAMES},
}
