"""How the work stands this moment: what waits how long and why, where, and in whose hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.typing import Json, StrOrPromise
from offices.models import Office, Officer
from registration.models import Enrollment
from registration.services.reassigning.plan import deciding_within, free_within
from registration.services.review_queue import doubts_of_last_attempt
from registration.states import WITH_OFFICERS, State
from verification.findings import Check

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IS_LINE = ~Q(state=State.IN_REVIEW)


@dataclass(frozen=True)
class Share:
    """A number of cases and what they have in common; `query` chooses them in the queue."""

    words: StrOrPromise
    count: int
    query: str = ""


@dataclass(frozen=True)
class OfficeLoad:
    office: Office
    waiting: int
    late: int
    held: int
    oldest: datetime | None
    officers: int


@dataclass(frozen=True)
class Workload:
    """Of the cases with officers or waiting for one. `in_hand` are those held, longest first."""

    waiting: int
    late: int
    oldest: datetime | None
    ages: list[Share]
    reasons: list[Share]
    offices: list[OfficeLoad]
    in_hand: list[Enrollment]
    officers: int
    free: int


def workload_of(officer: Officer) -> Workload:
    """Within this officer's reach."""
    cases = Enrollment.objects.visible_to(officer).filter(state__in=WITH_OFFICERS)
    sums = cases.aggregate(
        **_counted(), oldest=Min("waiting_since", filter=IS_LINE), **_by_age(timezone.now())
    )
    held = (
        cases.filter(state=State.IN_REVIEW).exclude(held_by=None).select_related("held_by__office")
    )
    return Workload(
        waiting=sums["waiting"],
        late=sums["late"],
        oldest=sums["oldest"],
        ages=[Share(words, sums[name]) for name, words in AGES.items()],
        reasons=_reasons(cases.filter(IS_LINE)),
        offices=_offices(cases, officer),
        in_hand=list(held.defer("reading_sealed", "confirmed_sealed").order_by("state_since")),
        officers=deciding_within(officer).count(),
        free=free_within(officer).count(),
    )


AGES: dict[str, StrOrPromise] = {
    "hour": _("less than an hour"),
    "promised": _("from an hour to the promised time"),
    "day": _("longer than promised, up to a day"),
    "days": _("longer than a day"),
}


def _by_age(now: datetime) -> dict[str, Count]:
    """Of those in the queue, by how long the citizen has waited."""
    hour, promised, day = now - HOUR, now - settings.CASE_ANSWERED_WITHIN, now - DAY
    ages = {
        "hour": Q(waiting_since__gte=hour),
        "promised": Q(waiting_since__lt=hour, waiting_since__gte=promised),
        "day": Q(waiting_since__lt=promised, waiting_since__gte=day),
        "days": Q(waiting_since__lt=day),
    }
    return {name: Count("pk", filter=IS_LINE & age) for name, age in ages.items()}


def _counted() -> dict[str, Count]:
    late = IS_LINE & Q(waiting_since__lt=timezone.now() - settings.CASE_ANSWERED_WITHIN)
    return {
        "waiting": Count("pk", filter=IS_LINE),
        "late": Count("pk", filter=late),
        "held": Count("pk", filter=~IS_LINE),
    }


def _reasons(line: QuerySet[Enrollment]) -> list[Share]:
    """A case with two doubts stands under both; the most first."""
    doubts = doubts_of_last_attempt().filter(enrollment__in=line)
    found = doubts.values_list("check_name").annotate(cases=Count("enrollment", distinct=True))
    words = dict(Check.choices)
    shares = [Share(words[name], count, f"doubt={name}") for name, count in found if name in words]
    some = line.aggregate(
        second=Count("pk", filter=Q(state=State.SECOND_REVIEW)),
        appeals=Count("pk", filter=Q(appeal__isnull=False)),
    )
    shares += [
        Share(_("Waiting for a second officer"), some["second"]),
        Share(_("Appeals"), some["appeals"], "appeal=on"),
    ]
    return sorted((one for one in shares if one.count), key=lambda one: -one.count)


def _offices(cases: QuerySet[Enrollment], officer: Officer) -> list[OfficeLoad]:
    """Those with cases, the longest waiting first."""
    by_office = cases.filter(office__isnull=False).values("office")
    oldest = Min("waiting_since", filter=IS_LINE)
    found: Iterable[Json] = by_office.annotate(**_counted(), oldest=oldest)  # type: ignore[assignment]  # **
    rows = list(found)
    offices = Office.objects.in_bulk([row["office"] for row in rows])
    at_work = deciding_within(officer).values_list("office").annotate(Count("pk")).order_by()
    officers: dict[str | None, int] = dict(at_work)
    loads = [
        OfficeLoad(
            office=offices[row["office"]], waiting=row["waiting"], late=row["late"],
            held=row["held"], oldest=row["oldest"], officers=officers.get(row["office"], 0),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(loads, key=lambda load: (load.oldest or timezone.now(), load.office.pk))
