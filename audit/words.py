"""Entries for people: names for identifiers and words for keys, which the log itself does not have.

Names are looked up when a page is shown; models of the apps above are found by their label.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.detail_words import plain_key, reason_in_words, word_of
from audit.models import ActorKind, Entry
from audit.value_words import SYSTEMS, word_of_value
from core.sentences import yes_or_no
from core.templatetags.thai import people_date
from core.typing import StrOrPromise

# What a thing is called, by its model: the field that says it, or "" for what the row calls itself,
# in the reader's language.
NAMED_BY = {
    "offices.officer": "name",
    "offices.office": "",
    "offices.proposal": "",
    "registration.enrollment": "reference",
    "registration.decisionreason": "",
    "relying_parties.relyingparty": "",
    "appointments.appointment": "reference",
    "registration.servedexercise": "reference",
    "rollout.phase": "",
    "population.importrun": "file_name",
    "pilot.pilotimport": "file_name",
}
# Kinds of things whose models have no name for people.
KINDS: dict[str, StrOrPromise] = {
    "registration.enrollment": gettext_lazy("Registration"),
    "appointments.appointment": gettext_lazy("Appointment"),
    "registration.exercise": gettext_lazy("Exercise"),
    "registration.servedexercise": gettext_lazy("Exercise"),
    "identity.digitalid": gettext_lazy("Digital ID"),
    "identity.device": gettext_lazy("Device"),
}
OFFICE, PROVINCE = "offices.office", "provinces"
# Details whose values are identifiers of things that have names.
THINGS = {
    **dict.fromkeys(("actor", "asked_by", "officer", "second"), "offices.officer"),
    **dict.fromkeys(("from_office", "joins", "office", "subject_office"), OFFICE),
    "change": "offices.proposal",
    "enrollment": "registration.enrollment",
    "provinces": PROVINCE,
    "relying_party": "relying_parties.relyingparty",
}
# What `about` identifies, by lever, in entries from before the thing itself was their subject.
OF_LEVERS = {
    **dict.fromkeys(("off", "rights", "staff"), "offices.officer"),
    "office": OFFICE,
    "phase": "rollout.phase",
    "pilot_back": "pilot.pilotimport",
    "register_back": "population.importrun",
    "reason": "registration.decisionreason",
    "relying_party": "relying_parties.relyingparty",
}
# What was looked for, by audit.models.searches.About.
LOOKED_FOR = {
    "case": "registration.enrollment",
    "office": OFFICE,
    "officer": "offices.officer",
    "phase": "rollout.phase",
    "service": "relying_parties.relyingparty",
}
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)  # or a month
HOURS = re.compile(r"([1-7]) (\S+) (\d+) x (\d+)", re.ASCII)  # as appointments write a day's
Names: TypeAlias = dict[tuple[str, str], str]
TAIL = 8


@dataclass(frozen=True)
class ShownEntry:
    """An entry with what a list of entries says of it. `actor`, `office` and `subject` are names or
    short identifiers; `kind` is what the subject is, `details` are pairs of words.
    """

    entry: Entry
    actor: str
    office: str
    subject: str
    kind: str
    reason: str
    details: Sequence[tuple[str, str]]


def in_words(entries: Sequence[Entry]) -> list[ShownEntry]:
    """The entries for a page, with one query for each kind of thing that is named."""
    names = _names(thing for entry in entries for thing in _things(entry))
    return [
        ShownEntry(
            entry,
            actor=_actor(entry, names),
            office=names.get((OFFICE, entry.office), entry.office),
            subject=names.get((_label(entry), entry.subject_id)) or short(entry.subject_id),
            kind=str(KINDS.get(_label(entry), entry.subject_name)),
            reason=reason_in_words(entry.reason),
            details=[
                (word_of(key), _value(key, value, _label_of(entry, key), names))
                for key, value in entry.details.items()
            ],
        )
        for entry in entries
    ]


def short(identifier: str) -> str:
    """The end of a UUID, by which people tell two apart; anything else as it is."""
    return f"…{identifier[-TAIL:]}" if _is_uuid(identifier) else identifier


def _label(entry: Entry) -> str:
    return settings.MODELS_MOVED.get(entry.subject_type, entry.subject_type)


def _actor(entry: Entry, names: Names) -> str:
    if entry.actor_kind == ActorKind.SYSTEM:
        return str(SYSTEMS.get(entry.actor_id, entry.actor_id))
    return names.get(("offices.officer", entry.actor_id)) or short(entry.actor_id)


def _label_of(entry: Entry, key: str) -> str:
    """Of which model a detail is an identifier, or ""."""
    key, details = plain_key(key), entry.details
    if key == "about":
        return OF_LEVERS.get(details.get("lever", ""), "")
    if key in {"found", "subject"}:
        of_cases = entry.action == Action.CASE_SEARCHED
        return LOOKED_FOR.get("case" if of_cases else details.get("by_about", ""), "")
    return THINGS.get(key, "")


def _things(entry: Entry) -> Iterator[tuple[str, str]]:
    """The label and the identifier of all that an entry names."""
    if entry.actor_kind == ActorKind.OFFICER:
        yield "offices.officer", entry.actor_id
    if entry.office:
        yield OFFICE, entry.office
    if entry.subject_id and _label(entry) in NAMED_BY:
        yield _label(entry), entry.subject_id
    for key, value in entry.details.items():
        if label := _label_of(entry, key):
            for one in value if isinstance(value, list) else [value]:
                yield from ((label, pk) for pk in str(one).split())


def _names(things: Iterable[tuple[str, str]]) -> Names:
    by_label: dict[str, set[str]] = {}
    for label, pk in things:
        by_label.setdefault(label, set()).add(pk)
    return {
        (label, pk): name
        for label, wanted in by_label.items()
        for pk, name in _called(label, wanted).items()
    }


def _called(label: str, wanted: Iterable[str]) -> dict[str, str]:
    if label == PROVINCE:
        return _provinces(wanted)
    rows: QuerySet[Any] = QuerySet(apps.get_model(label)).filter(pk__in=list(wanted))
    try:
        if NAMED_BY[label]:
            return {str(pk): str(name) for pk, name in rows.values_list("pk", NAMED_BY[label])}
        return {str(row.pk): str(row) for row in rows}
    except (ValidationError, ValueError):  # an identifier of another time is of no such kind
        return {}


def names_of_offices(codes: Iterable[str]) -> dict[str, str]:
    """In the reader's language, by code."""
    return _called(OFFICE, set(codes) - {""})


def names_of_cases(ids: Iterable[str]) -> dict[str, str]:
    """Their references, by identifier."""
    return _called("registration.enrollment", set(ids) - {""})


def _provinces(wanted: Iterable[str]) -> dict[str, str]:
    rows: QuerySet[Any] = QuerySet(apps.get_model(OFFICE)).filter(province_code__in=list(wanted))
    return {
        office.province_code: office.province
        for office in rows.order_by("province_code").distinct("province_code")
    }


def _value(key: str, value: object, label: str, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_value(key, one, label, names) for one in value) or "-"
    if isinstance(value, bool):
        return yes_or_no(value)
    if value is None or value == "":
        return "-"
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    if label:
        return ", ".join(_named(label, pk, names) for pk in text.split())
    return word_of_value(key, text) or _day_or_hours(text) or short(text)


def _named(label: str, pk: str, names: Names) -> str:
    name = names.get((label, pk))
    if name is None:
        return str(SYSTEMS.get(pk) or short(pk))
    return f"{name} ({pk})" if label == OFFICE else name


def _day_or_hours(text: str) -> str:
    """Days in the reader's calendar, hours of a day of the week; "" for what is neither."""
    if DAY.fullmatch(text):
        return people_date(text)
    if not (found := HOURS.fullmatch(text)):
        return ""
    day, span, minutes, counters = found.groups()
    told = _("%(day)s %(span)s, every %(minutes)s minutes, counters: %(counters)s")
    weekday = WEEKDAYS[int(day) - 1]
    return told % {"day": weekday, "span": span, "minutes": minutes, "counters": counters}


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
