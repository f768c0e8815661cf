"""What a citizen confirms, checked the same way for the page and for the API."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from identity.numbers import clean_number
from registration.services.activation import LIFELONG

REQUIRED_TEXT = ("title_th", "first_name_th", "title_en", "first_name_en", "address")
OPTIONAL_TEXT = ("last_name_th", "last_name_en")
THAI_NAME = re.compile(r"^[\u0E00-\u0E7F .\-()]*$")
ENGLISH_NAME = re.compile(r"^[A-Za-z .,'\-]*$")
LASER_CODE = re.compile(r"^[A-Z]{2}\d{10}$")
PARTIAL_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
YOUNGEST = 7
OLDEST = 130
LONGEST = {"address": 200}


def clean_confirmed(data: dict) -> dict:
    """Normalised data to confirm, or one ValidationError with a sentence for each wrong field."""
    cleaned, errors = {}, {}
    for name, clean in CLEANERS.items():
        try:
            cleaned[name] = clean(name, str(data.get(name) or "").strip())
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return cleaned


def _number(name: str, text: str) -> str:
    return clean_number(text)


def _text(name: str, text: str) -> str:
    text = " ".join(text.split())
    if not text and name in REQUIRED_TEXT:
        raise ValidationError(_("Please fill this in as it stands on the card."), code="required")
    if len(text) > LONGEST.get(name, 80):
        raise ValidationError(_("This is longer than what a card can hold."), code="too_long")
    if name.endswith("_th") and not THAI_NAME.match(text):
        raise ValidationError(_("Please use Thai letters, as on the card."), code="not_thai")
    if name.endswith("_en") and not ENGLISH_NAME.match(text):
        raise ValidationError(_("Please use English letters, as on the card."), code="not_english")
    return text


def _birth_date(name: str, text: str) -> str:
    """`1952`, `1952-03` or `1952-03-09`: some cards leave the month or the day open."""
    if not PARTIAL_DATE.match(text):
        raise ValidationError(_("Please enter the date of birth as on the card."), code="bad_date")
    earliest = _date((text + "-01-01")[:10])
    age = (timezone.localdate() - earliest).days / 365.2425
    if not 0 <= age <= OLDEST:
        raise ValidationError(_("This date of birth cannot be right."), code="bad_date")
    if age < YOUNGEST:
        raise ValidationError(
            _("A digital ID is for people of 7 years and older, who have a card."), code="too_young"
        )
    return text


def _expiry(name: str, text: str) -> str:
    if text == LIFELONG:
        return text
    if _date(text) < timezone.localdate():
        raise ValidationError(
            _("This card has expired. Please renew it at a registration office first."),
            code="card_expired",
        )
    return text


def _laser_code(name: str, text: str) -> str:
    compact = text.upper().replace("-", "").replace(" ", "")
    if not LASER_CODE.match(compact):
        raise ValidationError(
            _("The code on the back of the card has two letters and ten digits."),
            code="bad_laser_code",
        )
    return f"{compact[:3]}-{compact[3:10]}-{compact[10:]}"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("There is no such day."), code="bad_date") from error


CLEANERS = {
    "number": _number,
    **dict.fromkeys((*REQUIRED_TEXT, *OPTIONAL_TEXT), _text),
    "birth_date": _birth_date,
    "expiry_date": _expiry,
    "laser_code": _laser_code,
}
