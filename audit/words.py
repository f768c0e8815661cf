"""Entries for people: names for identifiers and words for keys, which the log itself does not have.

Names are looked up when a page is shown; models of the apps above are found by their label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.detail_words import reason_in_words, word_of
from audit.models import ActorKind, Entry
from core.typing import StrOrPromise

# What a subject is called, by its model: the field that says it.
NAMED_BY = {
    "offices.officer": "name",
    "offices.office": "name_th",
    "registration.enrollment": "reference",
    "relying_parties.relyingparty": "name_th",
    "rollout.phase": "name",
    "population.importrun": "file_name",
}
# Kinds of things whose models have no name for people.
KINDS: dict[str, StrOrPromise] = {
    "registration.enrollment": gettext_lazy("Registration"),
    "identity.digitalid": gettext_lazy("Digital ID"),
    "identity.device": gettext_lazy("Device"),
}
# Details whose values are codes of a field's choices.
CODES_OF = {
    "previous": ("registration.enrollment", "state"),
    "channel": ("registration.enrollment", "channel"),
    "why": ("registration.finding", "check_name"),
    "reason_code": ("registration.enrollment", "reject_reason"),
    "kind": ("registration.evidence", "kind"),
    "role_before": ("offices.officer", "role"),
    "role_after": ("offices.officer", "role"),
}
OFFICERS = {"officer", "asked_by", "second"}  # details whose value is an officer
TAIL = 8


@dataclass(frozen=True)
class ShownEntry:
    """An entry with what a list of entries says of it. `actor` and `subject` are names or short
    identifiers; `kind` is what the subject is, `details` are pairs of words.
    """

    entry: Entry
    actor: str
    subject: str
    kind: str
    reason: str
    details: Sequence[tuple[str, str]]


def in_words(entries: Sequence[Entry]) -> list[ShownEntry]:
    """The entries for a page, with one query for each kind of thing that is named."""
    people = _officers(entries)
    subjects = _subjects(entries)
    return [
        ShownEntry(
            entry,
            actor=people.get(entry.actor_id) or short(entry.actor_id),
            subject=subjects.get((_label(entry), entry.subject_id)) or short(entry.subject_id),
            kind=str(KINDS.get(_label(entry), entry.subject_name)),
            reason=reason_in_words(entry.reason),
            details=[
                (word_of(key), _value(key, value, people)) for key, value in entry.details.items()
            ],
        )
        for entry in entries
    ]


def short(identifier: str) -> str:
    """The end of a UUID, by which people tell two apart; anything else as it is."""
    return f"…{identifier[-TAIL:]}" if _is_uuid(identifier) else identifier


def _label(entry: Entry) -> str:
    return settings.MODELS_MOVED.get(entry.subject_type, entry.subject_type)


def _officers(entries: Iterable[Entry]) -> dict[str, str]:
    wanted = {entry.actor_id for entry in entries if entry.actor_kind == ActorKind.OFFICER}
    wanted |= {
        value
        for entry in entries
        for key, value in entry.details.items()
        if key in OFFICERS and _is_uuid(value)
    }
    return _names("offices.officer", wanted) if wanted else {}


def _subjects(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    by_label: dict[str, set[str]] = {}
    for entry in entries:
        if entry.subject_id and _label(entry) in NAMED_BY:
            by_label.setdefault(_label(entry), set()).add(entry.subject_id)
    return {
        (label, pk): name
        for label, wanted in by_label.items()
        for pk, name in _names(label, wanted).items()
    }


def _names(label: str, wanted: Iterable[str]) -> dict[str, str]:
    found: QuerySet[Any] = QuerySet(apps.get_model(label))
    try:
        rows = found.filter(pk__in=list(wanted)).values_list("pk", NAMED_BY[label])
        return {str(pk): str(name) for pk, name in rows}
    except (ValidationError, ValueError):  # an identifier of another time is of no such kind
        return {}


def _value(key: str, value: object, people: dict[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_value(key, one, people) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "-"
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    if key in CODES_OF:
        return _choices(*CODES_OF[key]).get(text, text)
    return people.get(text) or short(text)


def _choices(label: str, field: str) -> dict[str, str]:
    found = apps.get_model(label)._meta.get_field(field)
    choices = found.flatchoices if isinstance(found, Field) else []
    return {str(code): str(words) for code, words in choices}


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
