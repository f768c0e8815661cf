"""Provinces that are tried on one day, all of them together, and the phase that would open them."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from core.typing import Json
from dashboards.plan.figures import Figures, Readiness
from rollout.forecast import Pace
from rollout.models import Phase
from rollout.services import in_force

NAMED = 4  # of many provinces


@dataclass(frozen=True)
class Wave:
    """`codes` are of the provinces that are not open today; of them `sooner` are names of those
    that open before `day` as it is planned. `left`: people without a digital ID there; `cases` of
    the first day and the officers they need; `officers` there are. `narrower` begin later and do
    not name all of them, `same_day` begins on the day.
    """

    day: datetime.date
    codes: frozenset[str]
    names: Sequence[str]
    sooner: Sequence[str]
    left: int
    cases: float
    needed: int | None
    officers: int
    narrower: Sequence[Phase]
    same_day: str


def wave_of(
    figures: Figures,
    chosen: Collection[str],
    day: datetime.date,
    *,
    pace: Pace,
    ready: Mapping[str, Readiness],
) -> Wave:
    """What opening the chosen provinces on that day comes to; what is open stays so."""
    codes = figures.to_open(chosen)
    left = sum(figures.left(code) for code in codes)
    cases = left * pace.signups * pace.cases
    later = [one for one in figures.waves if one.starts_on > day and one.provinces]
    return Wave(
        day=day,
        codes=frozenset(codes),
        names=figures.names(codes),
        sooner=figures.names({code for code in codes if (figures.planned[code] or day) < day}),
        left=left,
        cases=cases,
        needed=pace.officers_for(cases),
        officers=sum(ready[code].officers for code in codes),
        narrower=[one for one in later if codes - set(one.provinces)],
        same_day=next((one.pk for one in figures.waves if one.starts_on == day), ""),
    )


def asked_for(
    figures: Figures, chosen: Collection[str], day: datetime.date, phase: Phase | None
) -> Json:
    """The values of a phase, or of a new one, by which the chosen provinces open. It names what is
    open by then as well: of two phases the later one alone is in force. None named are all.
    """
    others = [one for one in figures.phases if one != phase]
    kept = [one.provinces for one in (in_force(others, day), phase) if one]
    named = figures.to_open(chosen).union(*kept)
    return {"starts_on": day.isoformat(), "provinces": sorted(named) if all(kept) else []}


def few_of(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    if more <= 0:
        return ", ".join(names)
    told = {"names": ", ".join(names[:NAMED]), "more": more}
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % told
