"""How well and how fast is decided, by officer (for the country: by office) and by reason."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from dashboards.privacy import FEWEST, hidden_of, is_small
from dashboards.quality.looks import Look, looks, reasons_in_words, seen_by
from offices.models import Officer
from offices.roles import SEEING_EVERYTHING
from registration.models import Decision
from registration.services.review_numbers import as_minutes, median_of, times_in_hand

MOST = 5000  # decisions that are read, the newest; more would only take longer
LISTED = 50
Held: TypeAlias = dict[uuid.UUID, timedelta]


@dataclass(frozen=True)
class Row:
    """None stands for a number that is hidden. `overturned` of `seconded` were not approved by the
    second officer; `in_hand` is the median in minutes.
    """

    key: str
    name: str
    decided: int | None
    seconded: int | None
    overturned: int | None
    in_hand: str | None


@dataclass(frozen=True)
class Quality:
    looks: list[Look]
    drawn: int
    agreed: int
    rows: list[Row]
    reasons: list[Row]
    cut_off: bool
    hides: bool

    @property
    def tells_draws(self) -> bool:
        """Whether the sums of what was drawn may be told."""
        small = is_small(self.agreed) or is_small(self.drawn - self.agreed)
        return bool(self.drawn) and not (self.hides and small)


def quality(officer: Officer, *, since: datetime, office: str = "") -> Quality:
    """As this officer may see it. Those of central roles get no small number; who answers for an
    office or a province sees the own people's.
    """
    found = looks(officer, since=since, office=office, most=MOST)
    decided = list(
        seen_by(officer, office=office)
        .filter(decided_at__gte=since)
        .select_related("officer__office")
        .order_by("-decided_at")[:MOST]
    )
    hides = officer.role in SEEING_EVERYTHING
    by_office = hides and not office
    held = times_in_hand(decided, since=since)
    rows = _rows(decided, found, held, by_office=by_office)
    reasons = _reasons(decided, found, held)
    return Quality(
        looks=found[:LISTED],
        drawn=sum(look.drawn for look in found),
        agreed=sum(look.agreed for look in found if look.drawn),
        rows=_without_small(rows) if hides else rows,
        reasons=_without_small(reasons) if hides else reasons,
        cut_off=len(decided) == MOST,
        hides=hides,
    )


def _rows(decided: list[Decision], found: list[Look], held: Held, *, by_office: bool) -> list[Row]:
    names: dict[str, str] = {}
    of_row: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in decided:
        place = one.officer.office if by_office else one.officer
        key = str(place.pk) if place else ""
        names[key] = str(place or "-")
        of_row[key].append(one)
    seconded, overturned = Counter[str](), Counter[str]()
    for look in found:
        first = look.first.officer
        key = str((first.office_id or "") if by_office else first.pk)
        seconded[key] += 1
        overturned[key] += not look.agreed
    rows = [
        Row(key, names[key], len(own), seconded[key], overturned[key], _median(own, held))
        for key, own in of_row.items()
    ]
    return sorted(rows, key=lambda row: (-(row.decided or 0), row.name))


def _reasons(decided: list[Decision], found: list[Look], held: Held) -> list[Row]:
    words = reasons_in_words()
    of_reason: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in decided:
        for code in one.reasons if isinstance(one.reasons, list) else []:
            of_reason[code].append(one)
    overturned = Counter(
        code for look in found if not look.agreed for code in look.second.reasons or []
    )
    rows = [
        Row(code, words.get(code, code), len(own), None, overturned[code], _median(own, held))
        for code, own in of_reason.items()
    ]
    return sorted(rows, key=lambda row: (-(row.decided or 0), row.name))


def _median(decisions: list[Decision], held: Held) -> str:
    return as_minutes(median_of([held[one.pk] for one in decisions if one.pk in held]))


def _without_small(rows: list[Row]) -> list[Row]:
    """No number from 1 to 4, nor any by which one could be worked out from the others."""
    hidden = {
        column: hidden_of({row.key: getattr(row, column) or 0 for row in rows}, fewest=FEWEST)
        for column in ("decided", "seconded", "overturned")
    }
    return [
        replace(
            row,
            decided=None if row.key in hidden["decided"] else row.decided,
            seconded=None if row.key in hidden["seconded"] else row.seconded,
            overturned=None if row.key in hidden["overturned"] else row.overturned,
            in_hand=None if row.key in hidden["decided"] else row.in_hand,
        )
        for row in rows
    ]
