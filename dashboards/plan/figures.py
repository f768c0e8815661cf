"""What a plan starts from: people, digital IDs, officers and pace by province, as they are."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.day_field import FIRST_DAY
from dashboards.pages.work import DECISIONS, HELD
from dashboards.periods import Period
from dashboards.places import Place, eligible_by, provinces
from dashboards.sums import as_bins, by_area, by_label, quantile
from offices.models import Office, Officer
from offices.roles import DECIDING
from registration.models import Decision, Enrollment
from registration.office_routing import CENTRAL_OFFICE
from rollout.forecast import (
    DAY,
    WEEK,
    WORKING_DAYS,
    Area,
    Forecast,
    Pace,
    forecast,
    openings,
    ruling,
)  # fmt: skip
from rollout.models import Matter, Phase
from rollout.preparing import not_ready

WEEKS = 4
OF_LATE = datetime.timedelta(days=14)
Openings = Mapping[str, datetime.date | None]


@dataclass(frozen=True)
class Readiness:
    """A province's officers who decide; of them those with a second factor, those who have decided
    a case before, and those who signed in of late. Its offices without anybody, those that have not
    said that their people are trained, or that devices and line are there, and the seconds in which
    nine of ten cases of last week were decided.
    """

    officers: int
    set_up: int
    practised: int
    signed_in: int
    empty_offices: int
    untrained: int
    unequipped: int
    wait: float | None


@dataclass(frozen=True)
class Worked:
    """Sign-ups, cases for officers and decisions of four weeks; officers who can decide now."""

    signups: int
    cases: int
    decisions: int
    officers: int


@dataclass(frozen=True)
class Figures:
    """`worked`: what the last four whole weeks came to."""

    today: datetime.date
    phases: Sequence[Phase]
    places: Sequence[Place]
    eligible: Mapping[str, int]
    signed: Mapping[str, int]
    planned: Openings
    worked: Worked
    total: int
    waiting: int
    goal: int

    def left(self, code: str) -> int:
        """Who could have a digital ID and has none."""
        return max(0, self.eligible.get(code, 0) - self.signed.get(code, 0))

    @property
    def waves(self) -> list[Phase]:
        """The phases that are to come."""
        return [one for one in self.phases if one.starts_on > self.today and not one.closed]

    def to_open(self, codes: Collection[str]) -> set[str]:
        """Those of these provinces that are not open today."""
        opens = {code: self.planned[code] for code in codes}
        return {code for code, day in opens.items() if day is None or day > self.today}

    def names(self, codes: Collection[str]) -> list[str]:
        """Of these provinces, as the reader calls them; one without an office by its code."""
        known = {place.code: place.name for place in self.places}
        return sorted(known.get(code, code) for code in codes)

    @property
    def pace(self) -> Pace:
        """That of the last four weeks; 0 for what nobody did."""
        left = sum(self.left(code) for code, opens in self.planned.items() if opens == self.today)
        done, days, working_days = self.worked, WEEKS * WEEK, WEEKS * WORKING_DAYS
        return Pace(
            signups=done.signups / days / left if left else 0,
            cases=done.cases / done.signups if done.signups else 0,
            decisions=done.decisions / working_days / done.officers if done.officers else 0,
            officers=done.officers,
        )

    def forecast(self, opens: Openings, pace: Pace) -> Forecast:
        areas = [
            Area(self.eligible.get(code, 0), self.signed.get(code, 0), day)
            for code, day in opens.items()
        ]
        return forecast(
            areas, pace, today=self.today, total=self.total, waiting=self.waiting, goal=self.goal
        )


def read_figures(today: datetime.date) -> Figures:
    # The central office, which takes cases of unknown districts, is no province to be opened.
    places = [place for place in provinces() if not CENTRAL_OFFICE.startswith(place.code)]
    phases = list(Phase.objects.all())
    codes = [place.code for place in places]
    signed = by_area("signups", Period(FIRST_DAY, today, "all"), areas=codes)
    return Figures(
        today=today,
        phases=phases,
        places=places,
        eligible=eligible_by(2),
        signed={code: labels.total() for code, labels in signed.items()},
        planned=openings(phases, codes, today=today),
        worked=_worked(today),
        total=by_label("signups", None).total(),
        waiting=Enrollment.objects.filter(state__in=HELD).count(),
        goal=max((phase.capacity for _day, phase in ruling(phases, today=today)), default=0),
    )


def _worked(today: datetime.date) -> Worked:
    weeks = Period(today - WEEKS * WEEK * DAY, today - DAY, "own")
    review = by_label("review", weeks)
    return Worked(
        signups=by_label("signups", weeks).total(),
        cases=sum(review[move] for move in ("send_to_review", "send_back_to_review")),
        decisions=sum(review[move] for move in DECISIONS),
        officers=_deciding().count(),
    )


def readiness(places: Sequence[Place], today: datetime.date) -> dict[str, Readiness]:
    """By province, for all of `places`."""
    codes = [place.code for place in places]
    of_them = {
        "set_up": Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
        "practised": Exists(Decision.objects.filter(officer=OuterRef("pk"))),
        "signed_in": Q(last_login__gte=timezone.now() - OF_LATE),
    }
    counts = {name: Count("pk", filter=Q(condition)) for name, condition in of_them.items()}
    counts["officers"] = Count("pk")
    rows = _deciding().values_list("office__province_code").annotate(**counts)
    officers = {code: dict(zip(counts, numbers, strict=True)) for code, *numbers in rows}
    nobody = dict.fromkeys(counts, 0)
    empty = dict(
        Office.objects.exclude(Exists(_deciding().filter(office=OuterRef("pk"))))
        .values_list("province_code")
        .annotate(Count("pk"))
    )
    untrained, unequipped = not_ready(Matter.TRAINING), not_ready(Matter.DEVICES)
    waits = by_area("waits", Period(today - WEEK * DAY, today - DAY, "own"), areas=codes)
    return {
        code: Readiness(
            **officers.get(code, nobody),
            empty_offices=empty.get(code, 0),
            untrained=untrained.get(code, 0),
            unequipped=unequipped.get(code, 0),
            wait=quantile(as_bins(waits.get(code, {})), 0.9),
        )
        for code in codes
    }


def _deciding() -> QuerySet[Officer]:
    return Officer.objects.filter(is_active=True, role__in=sorted(DECIDING))
