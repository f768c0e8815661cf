"""Finding a case by what a citizen says at the counter: the reference or the ID number, exactly."""

import re
import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from identity.numbers import clean_number, number_key
from offices.models import Officer
from registration.models import REFERENCE_ALPHABET, Enrollment, as_reference

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
REFERENCE = re.compile(rf"[{REFERENCE_ALPHABET}]{{12}}")
NUMBER = re.compile(r"\d{13}")
MOST = 20  # an audit entry keeps so many ids; nobody registers that often


def search_cases(text: str, *, officer: Officer) -> list[Enrollment]:
    """The cases within reach, open or closed, newest first, that `text` names.

    `text` is a reference or a national ID number, with or without hyphens and blanks; anything else
    is a ValidationError. The search is recorded with what it found, never with the number.
    """
    kind, condition = condition_of(text)
    visible = Enrollment.objects.visible_to(officer).select_related("office", "held_by", "appeal")
    found = list(visible.filter(**condition).order_by("-created_at")[:MOST])
    record(
        Action.CASE_SEARCHED,
        None,
        actor=Actor.officer(officer),
        by=kind,
        found=[str(case.pk) for case in found],
    )
    return found


def condition_of(text: str) -> tuple[str, dict[str, str | uuid.UUID]]:
    bare = re.sub(r"[\s-]", "", text.translate(THAI_DIGITS)).upper()
    if NUMBER.fullmatch(bare):
        return "number", {"number_key": number_key(clean_number(bare))}
    if REFERENCE.fullmatch(bare):
        return "reference", {"reference": as_reference(bare)}
    raise ValidationError(
        _("Write a reference of twelve letters and digits, or an ID number of thirteen digits.")
    )
