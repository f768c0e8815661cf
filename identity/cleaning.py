"""What a person's fields may hold, checked the same way for the pages, the API and files."""

import datetime
import re
from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from identity.ages import age_on
from identity.numbers import clean_number
from identity.person import FIELDS, LIFELONG, Field, Person
from identity.text import Script, latin, says_nothing, tidy

THAI_NAME = re.compile(r"^[\u0E01-\u0E3A\u0E40-\u0E4E .\-()]*$")
ENGLISH_NAME = re.compile(r"^[A-Za-z .,'\-()]*$")
LASER_CODE = re.compile(r"^[A-Z]{2}[0-9]{10}$")
PARTIAL_DATE = re.compile(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
WHOLE_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")  # Python reads `2031-W07-2` as well
YOUNGEST = 7
OLDEST = 130
NO_SUCH_DAY = _("There is no such day.")


def clean_person(data: Mapping[str, object]) -> Person:
    """What a citizen confirms, in one form of writing, or one ValidationError with a sentence for
    each wrong field.
    """
    cleaned, errors = {}, {}
    for name, field in FIELDS.items():
        try:
            cleaned[name] = _clean(field, tidy(str(data.get(name) or "")))
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return Person(**cleaned)


def clean_name(name: str, text: str) -> str:
    """One of the names or titles as `clean_person` leaves it; raises ValidationError."""
    return _text(FIELDS[name], tidy(text))


def refuse_expired(expiry: str) -> None:
    """Raises ValidationError for a card that is past its expiry."""
    if expiry != LIFELONG and _date(expiry) < timezone.localdate():
        raise ValidationError(
            _("This card has expired. Please renew it at a registration office first."),
            code="card_expired",
        )


def _clean(field: Field, text: str) -> str:
    special = SPECIAL.get(field.name)
    return special(text) if special else _text(field, text)


def _text(field: Field, text: str) -> str:
    english = field.script in {Script.ENGLISH, Script.TITLE_EN}
    text = latin(text) if english else text
    if says_nothing(text):
        if not field.required:
            return ""
        raise ValidationError(_("Please fill this in as it stands on the card."), code="required")
    if len(text) > field.longest:
        raise ValidationError(_("This is longer than what a card can hold."), code="too_long")
    if field.script in {Script.THAI, Script.TITLE_TH} and not THAI_NAME.match(text):
        raise ValidationError(_("Please use Thai letters, as on the card."), code="not_thai")
    if english and not ENGLISH_NAME.match(text):
        raise ValidationError(_("Please use English letters, as on the card."), code="not_english")
    return text


def _birth_date(text: str) -> str:
    """`1952`, `1952-03` or `1952-03-09`: some cards leave the month or the day open."""
    if not PARTIAL_DATE.match(text):
        raise ValidationError(_("Please enter the date of birth as on the card."), code="bad_date")
    try:
        age = age_on(timezone.localdate(), birth_date=text)
    except ValueError as error:
        raise ValidationError(NO_SUCH_DAY, code="bad_date") from error
    if not 0 <= age <= OLDEST:
        raise ValidationError(_("This date of birth cannot be right."), code="bad_date")
    if age < YOUNGEST:
        raise ValidationError(
            _("A digital ID is for people of 7 years and older, who have a card."), code="too_young"
        )
    return text


def _expiry(text: str) -> str:
    refuse_expired(text)
    return text


def _laser_code(text: str) -> str:
    compact = text.upper().replace("-", "").replace(" ", "")
    if not LASER_CODE.match(compact):
        raise ValidationError(
            _("The code on the back of the card has two letters and ten digits."),
            code="bad_laser_code",
        )
    return f"{compact[:3]}-{compact[3:10]}-{compact[10:]}"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text if WHOLE_DATE.match(text) else "")
    except ValueError as error:
        raise ValidationError(NO_SUCH_DAY, code="bad_date") from error


SPECIAL: dict[str, Callable[[str], str]] = {
    "number": clean_number,
    "birth_date": _birth_date,
    "expiry_date": _expiry,
    "laser_code": _laser_code,
}
