"""Access that somebody should ask about. A hint is a question, never a verdict.

Each kind is one grouped query over the openings of cases in the last `days` (settings.AUDIT_HINTS),
read through the index on (action, at), and gives at most `most` rows.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import Entry, EntryQuerySet
from audit.words import names_of_cases, names_of_offices, short

DECISIONS = (Action.APPROVE, Action.REJECT, Action.ASK_RETAKE, Action.PASS_TO_SECOND)


class Kind(models.TextChoices):
    UNDECIDED = "undecided", _("Opens many cases and decides few")
    ELSEWHERE = "elsewhere", _("Opens cases of other offices")
    NIGHT = "night", _("Opens cases at night")
    REPEATED = "repeated", _("Opens the same case again and again")


@dataclass(frozen=True)
class Hint:
    """`count` openings by one officer; `query` finds the entries behind it on the log's page."""

    kind: Kind
    actor_id: str
    office: str
    count: int
    query: str
    subject_id: str = ""
    decided: int = 0
    name: str = ""
    office_name: str = ""
    case: str = ""


def first_day() -> datetime.date:
    """The first day, in Bangkok, that hints look at."""
    days = datetime.timedelta(days=settings.AUDIT_HINTS["days"] - 1)
    return timezone.localdate() - days


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def hints() -> list[Hint]:
    """Everything worth a question, kind by kind, the most openings first."""
    since = first_day()
    openings = Entry.objects.filter(action=Action.CASE_VIEWED, at__gte=_midnight(since))
    found = [
        *_undecided(openings, since),
        *_counted(Kind.ELSEWHERE, openings.elsewhere(), since),
        *_counted(Kind.NIGHT, openings.at_night(), since),
        *_repeated(openings, since),
    ]
    return _named(found)


def _undecided(openings: EntryQuerySet, since: datetime.date) -> list[Hint]:
    rows = _grouped(openings, "actor_id", "office", of=Count("subject_id", distinct=True))
    rows = rows.filter(count__gte=settings.AUDIT_HINTS["undecided"])
    opened = list(rows[: settings.AUDIT_HINTS["most"]])
    decisions = Entry.objects.filter(
        action__in=DECISIONS,
        at__gte=_midnight(since),
        actor_id__in=[row["actor_id"] for row in opened],
    )
    decided = dict(decisions.order_by().values_list("actor_id").annotate(Count("id")))
    share = settings.AUDIT_HINTS["decided_share"]
    return [
        _hint(Kind.UNDECIDED, row, since, decided=decided.get(row["actor_id"], 0))
        for row in opened
        if decided.get(row["actor_id"], 0) < share * row["count"]
    ]


def _counted(kind: Kind, openings: EntryQuerySet, since: datetime.date) -> list[Hint]:
    rows = _grouped(openings, "actor_id", "office", of=Count("id"))
    rows = rows.filter(count__gte=settings.AUDIT_HINTS[kind.value])
    return [
        _hint(kind, row, since, only=kind.value) for row in rows[: settings.AUDIT_HINTS["most"]]
    ]


def _repeated(openings: EntryQuerySet, since: datetime.date) -> list[Hint]:
    rows = _grouped(openings, "actor_id", "office", "subject_id", of=Count("id"))
    rows = rows.filter(count__gte=settings.AUDIT_HINTS["repeated"])
    return [_hint(Kind.REPEATED, row, since) for row in rows[: settings.AUDIT_HINTS["most"]]]


def _grouped(
    openings: EntryQuerySet, *fields: str, of: Count
) -> models.QuerySet[Any, dict[str, Any]]:
    grouped: models.QuerySet[Any, dict[str, Any]] = openings.order_by().values(*fields)
    counted: models.QuerySet[Any, dict[str, Any]] = grouped.annotate(count=of)
    return counted.order_by("-count", *fields)


def _hint(
    kind: Kind, row: dict[str, Any], since: datetime.date, *, only: str = "", decided: int = 0
) -> Hint:
    asked = {"action": Action.CASE_VIEWED.value, "actor": row["actor_id"], "since": str(since)}
    asked |= {"subject": row["subject_id"]} if "subject_id" in row else {}
    asked |= {"only": only} if only else {}
    return Hint(kind, query=urlencode(asked), decided=decided, **row)


def _named(found: list[Hint]) -> list[Hint]:
    """With the names of officers and offices and the references, which are not in the log."""
    ids = {hint.actor_id for hint in found}
    people = {str(one.pk): str(one) for one in get_user_model().objects.filter(pk__in=ids)}
    offices = names_of_offices(hint.office for hint in found)
    cases = names_of_cases(hint.subject_id for hint in found)
    return [
        replace(
            hint,
            name=people.get(hint.actor_id, hint.actor_id),
            office_name=offices.get(hint.office, hint.office),
            case=cases.get(hint.subject_id, short(hint.subject_id)),
        )
        for hint in found
    ]
