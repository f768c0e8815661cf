"""A copy of what is kept of a holder, for the holder (Personal Data Protection Act, section 30).

Each app says its part, in words that people read and under names that programs read. A part goes
as far as the digital ID that is open here and those before it: what came after, a lost phone must
not tell.
"""

import datetime
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.services import Actor, record
from core.guard.tries import Origin
from core.storage import read_sealed
from core.templatetags.thai import people_date, people_time
from core.typing import Json, StrOrPromise
from identity.access import accesses, entries_of, questions_of
from identity.inbox import in_words, notices_of
from identity.models import Device, DigitalID, HolderContact, NoticeKind
from identity.notifications import notify_holder
from identity.passwords import try_password
from identity.person import FIELDS, LIFELONG
from identity.short_ways import PASSKEY, PIN, ways_of
from identity.text import Script

Rows = Iterable[Json]  # of each what is kept, by names that are words of WORDS or of FIELDS


@dataclass(frozen=True)
class Part:
    title: StrOrPromise
    rows: Callable[[DigitalID], Rows]


WORDS: dict[str, StrOrPromise] = {
    "status": gettext_lazy("Status"),
    "issued_at": gettext_lazy("Issued"),
    "expires_on": gettext_lazy("Valid until"),
    "assurance": gettext_lazy("Assurance level"),
    "office": gettext_lazy("Office"),
    "name": gettext_lazy("Name"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
    "opened_by": gettext_lazy("Opened by, beside the password"),
    "last_used_at": gettext_lazy("Last used"),
    "channel": gettext_lazy("Way"),
    "address_for_messages": gettext_lazy("Address for messages"),
    "at": gettext_lazy("When"),
    "who": gettext_lazy("Who"),
    "what": gettext_lazy("What"),
    "shown": gettext_lazy("Shown"),
    "question": gettext_lazy("Question"),
    "answer": gettext_lazy("Answer"),
    "answered_at": gettext_lazy("Answered"),
    "reference": gettext_lazy("Reference number"),
    "pictures": gettext_lazy("Pictures kept"),
    "claims": gettext_lazy("Data"),
}
_parts: dict[str, Part] = {}


def part_of_copy(
    name: str, title: StrOrPromise
) -> Callable[[Callable[[DigitalID], Rows]], Callable[[DigitalID], Rows]]:
    """Register what an app keeps of a holder, under the name it has in the file."""

    def register(rows: Callable[[DigitalID], Rows]) -> Callable[[DigitalID], Rows]:
        _parts[name] = Part(title, rows)
        return rows

    return register


def ask_for_copy(digital_id: DigitalID, *, password: str, origin: Origin) -> None:
    """For the password, although the digital ID is unlocked: it is all at once. The holder is told.

    Raises PasswordRefused.
    """
    try_password(digital_id, password, origin=origin)
    notify_holder(digital_id, NoticeKind.DATA_COPIED)


def make_copy(digital_id: DigitalID, *, kind: str) -> Json:
    """All parts by name, each a list of rows, and the portrait. That it was made is an entry, with
    `kind` "page", "file" or "app".
    """
    with transaction.atomic():
        actor = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
        record(Action.DATA_COPIED, digital_id, actor=actor, kind=kind)
    copy: Json = {name: list(part.rows(digital_id)) for name, part in _parts.items()}
    portrait = read_sealed(digital_id.portrait) if digital_id.portrait else b""
    return {"made_at": timezone.now(), "portrait_jpeg": b64encode(portrait).decode(), **copy}


def as_read(copy: Json) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """The parts with their titles, each row as pairs of word and text, without what is empty."""
    return [
        (str(part.title), [_pairs(row) for row in copy[name]])
        for name, part in _parts.items()
        if copy[name]
    ]


def _pairs(row: Json) -> list[tuple[str, str]]:
    return [(_word(name), _text(name, value)) for name, value in row.items() if value or value == 0]


def _word(name: str) -> str:
    return str(FIELDS[name].label if name in FIELDS else WORDS[name])


def _text(name: str, value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return people_time(value)
    dated = name in FIELDS and FIELDS[name].script == Script.DATE and value != LIFELONG
    if isinstance(value, datetime.date) or dated:
        return people_date(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@part_of_copy("digital_id", gettext_lazy("Digital ID"))
def _digital_id(digital_id: DigitalID) -> Rows:
    yield {
        "status": digital_id.effective_status_name,
        "issued_at": digital_id.issued_at,
        "expires_on": digital_id.expires_on or _("For life"),
        "assurance": digital_id.assurance,
        "office": digital_id.office_code,
        **digital_id.holder.as_json(),
    }


@part_of_copy("devices", gettext_lazy("Devices"))
def _devices(digital_id: DigitalID) -> Rows:
    mine = Device.objects.filter(number_key=digital_id.number_key, digital_id=digital_id.pk)
    names = {PASSKEY: _("Fingerprint or face"), PIN: _("PIN")}
    for one in mine.order_by("bound_at"):
        ways = [names[way] for way in ways_of(one)]
        yield {"name": one.name, "since": one.bound_at, "until": one.removed_at, "opened_by": ways}


@part_of_copy("contact", gettext_lazy("Where we write to"))
def _contact(digital_id: DigitalID) -> Rows:
    mine = HolderContact.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk)
    for one in mine:
        yield {"address_for_messages": one.address, "since": one.given_at}


@part_of_copy("messages", gettext_lazy("Messages"))
def _messages(digital_id: DigitalID) -> Rows:
    for told in in_words(list(notices_of(digital_id))):
        yield {"at": told.notice.at, "what": f"{told.sentence} {told.about}".strip()}


@part_of_copy("accesses", gettext_lazy("Who looked at my data"))
def _accesses(digital_id: DigitalID) -> Rows:
    for one in accesses(digital_id, list(entries_of(digital_id))):
        yield {"at": one.entry.at, "who": one.who, "what": one.what, "shown": one.shown}


@part_of_copy("questions", gettext_lazy("My questions"))
def _questions(digital_id: DigitalID) -> Rows:
    for one in questions_of(digital_id).order_by("asked_at"):
        yield {
            "at": one.asked_at,
            "question": one.question,
            "answered_at": one.answered_at,
            "answer": one.answer,
        }
