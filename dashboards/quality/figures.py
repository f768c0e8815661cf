"""How well and how fast is decided, by officer (for the country: by office) and by reason."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from dashboards.privacy import FEWEST, hidden_of, is_small
from dashboards.quality.looks import Look, Looks, listed, looks, reasons_in_words, seen_by
from offices.models import Office, Officer
from offices.roles import SEEING_EVERYTHING
from registration.models import Decision
from registration.services.review_numbers import as_minutes, median_of, times_in_hand

# Counts are of all decisions; how long one was in hand is read from the log, of the newest ones.
SAMPLED = 5000
OF_EACH = 20  # officers or offices, however many they are


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
    """`sampled`: of how many decisions of each row the minutes are the median; None: of all."""

    looks: list[Look]
    drawn: int
    agreed: int
    rows: list[Row]
    reasons: list[Row]
    sampled: int | None
    hides: bool

    @property
    def tells_draws(self) -> bool:
        """Whether the sums of what was drawn may be told."""
        small = is_small(self.agreed) or is_small(self.drawn - self.agreed)
        return bool(self.drawn) and not (self.hides and small)


@dataclass(frozen=True)
class Times:
    """Those that the sampled decisions were in hand, by row and by reason."""

    of_place: dict[str, list[timedelta]]
    of_reason: dict[str, list[timedelta]]
    fewest: int  # of which a median is told

    def median(self, times: list[timedelta]) -> str:
        return as_minutes(median_of(times) if len(times) >= self.fewest else None)


def quality(officer: Officer, *, since: datetime, office: str = "") -> Quality:
    """As this officer may see it. Those of central roles get no small number; who answers for an
    office or a province sees the own people's.
    """
    hides = officer.role in SEEING_EVERYTHING
    by_office = hides and not office
    decided = seen_by(officer, office=office).filter(decided_at__gte=since).order_by()
    decided = decided.annotate(place=F("officer__office") if by_office else F("officer"))
    counts = {_key(pk): count for pk, count in decided.values_list("place").annotate(Count("pk"))}
    found = looks(officer, since=since, office=office, by_office=by_office)
    most = max(OF_EACH, SAMPLED // max(1, len(counts)))
    times = _times(decided, since=since, most=most, fewest=FEWEST if hides else 1)
    rows = _rows(counts, found, times, by_office=by_office)
    reasons = _reasons(decided, found, times)
    return Quality(
        looks=listed(found.newest),
        drawn=found.drawn,
        agreed=found.agreed,
        rows=_without_small(rows) if hides else rows,
        reasons=_without_small(reasons) if hides else reasons,
        sampled=most if max(counts.values(), default=0) > most else None,
        hides=hides,
    )


def _key(place: object) -> str:
    return str(place or "")


def _times(decided: QuerySet[Decision], *, since: datetime, most: int, fewest: int) -> Times:
    newest = Window(RowNumber(), partition_by=[F("place")], order_by=F("decided_at").desc())
    sample = decided.annotate(nth=newest).filter(nth__lte=most)
    read: list[Decision] = list(sample.only("enrollment", "officer", "decided_at", "reasons"))
    held = times_in_hand(read, since=since)
    return Times(
        of_place=_times_by(read, held, lambda one: [_key(one.place)]),  # type: ignore[attr-defined]
        of_reason=_times_by(read, held, lambda one: one.reasons or []),
        fewest=fewest,
    )


def _times_by(
    decisions: Iterable[Decision],
    held: dict[uuid.UUID, timedelta],
    keys: Callable[[Decision], list[str]],
) -> dict[str, list[timedelta]]:
    found: defaultdict[str, list[timedelta]] = defaultdict(list)
    for one in decisions:
        for key in keys(one) if one.pk in held else []:
            found[key].append(held[one.pk])
    return found


def _rows(counts: dict[str, int], found: Looks, times: Times, *, by_office: bool) -> list[Row]:
    model: type[Office] | type[Officer] = Office if by_office else Officer
    names = {str(one.pk): str(one) for one in model.objects.filter(pk__in=filter(None, counts))}
    rows = [
        Row(
            key=key,
            name=names.get(key, "-"),
            decided=count,
            seconded=found.seconded[key],
            overturned=found.overturned[key],
            in_hand=times.median(times.of_place.get(key, [])),
        )
        for key, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-(row.decided or 0), row.name))


def _reasons(decided: QuerySet[Decision], found: Looks, times: Times) -> list[Row]:
    words = reasons_in_words()
    counts = Counter[str]()
    given = decided.exclude(reasons=[]).values_list("reasons").annotate(Count("pk"))
    for codes, count in given:
        counts.update(dict.fromkeys(codes or [], count))
    rows = [
        Row(
            key=code,
            name=words.get(code, code),
            decided=count,
            seconded=None,
            overturned=found.reasons[code],
            in_hand=times.median(times.of_reason.get(code, [])),
        )
        for code, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-(row.decided or 0), row.name))


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
