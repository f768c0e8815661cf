"""The national ID number: checked, normalised, masked, and turned into the key it is found by."""

import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.th import pin

from core.encryption import lookup_key
from identity.person import comparable
from identity.text import tidy


def clean_number(text: str) -> str:
    """13 digits with a right check digit, or a ValidationError in the reader's language."""
    try:
        return pin.validate(tidy(text))
    except NumberError as error:
        raise ValidationError(
            _("This national ID number is not right. Please compare it with the card."),
            code="wrong_number",
        ) from error


def number_key(number: str) -> uuid.UUID:
    """The keyed hash that stands for the number in every table."""
    return lookup_key(number, kind="national-number")


def laser_key(code: str) -> uuid.UUID:
    return lookup_key(comparable("laser_code", code).upper(), kind="laser-code")


def mask_number(number: str) -> str:
    """`1 2345 xxxxx 12 3`: enough to recognise one's own, too little to use."""
    return f"{number[0]} {number[1:5]} xxxxx {number[10:12]} {number[12]}"
