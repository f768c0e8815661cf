"""A few of the people whom a waiting import would change, for those who decide on it.

They are taken in the order of their keyed hashes, which no sender of a file can choose; those whose
status changes apart from the others, or a few who are removed would hide behind many who move.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Count, Min

from core.typing import StrOrPromise
from identity.numbers import mask_number
from identity.person import NOBODY, Person, RegisterStatus
from population.imports.missing import missing_from
from population.models import ImportRun, PopulationRecord, RunState
from population.models.record import PARTITIONS, REGISTER
from population.rejections import REASONS

SHOWN = 12  # of each
MOVES, STAYS = "moves", "stays"
Row: TypeAlias = tuple[Any, ...]
OF_STATUS = {MOVES: "<>", STAYS: "="}


@dataclass(frozen=True)
class Sample:
    """One person before and after; nobody after where the file does not name them."""

    number: str
    before: Person
    after: Person
    was: str
    becomes: str


@dataclass(frozen=True)
class Rejected:
    """Lines that were rejected for one reason, and where the first stands: nothing else is kept."""

    reason: StrOrPromise
    lines: int
    first: int


def rejected(run: ImportRun) -> list[Rejected]:
    """By reason, the most first."""
    by_reason = run.rejected_rows.order_by().values_list("reason")
    counted = by_reason.annotate(lines=Count("pk"), first=Min("line")).order_by("-lines", "reason")
    return [Rejected(REASONS[code], lines, first) for code, lines, first in counted]


def choose(run: ImportRun, part: int) -> None:
    """Note the first of a partition in `run.sampled` while it is weighed, so that whoever decides
    does not wait until all of the register has been compared once more. Saves nothing.
    """
    for status in (MOVES, STAYS):
        chosen = run.sampled.setdefault(status, [])
        first = _rows(_waiting(run, status, part), [SHOWN - len(chosen)])
        chosen += [[part, str(key)] for (key,) in first]


def samples(run: ImportRun) -> list[Sample]:
    """Of what a run that is held would do, or has done to the register: whoever dies, comes back or
    is removed first.
    """
    found = _chosen if run.state == RunState.HELD else _first_done
    return [_sample(*row) for status in (MOVES, STAYS) for row in found(run, status)]


def _chosen(run: ImportRun, status: str) -> Iterator[Row]:
    if not run.sampled:  # weighed by the release before
        for part in range(PARTITIONS):
            choose(run, part)
    for part, chosen in groupby(run.sampled[status], key=itemgetter(0)):
        yield from _rows(_held(run, part), [[key for _part, key in chosen]])


def _first_done(run: ImportRun, status: str) -> list[Row]:
    """Of all that the run did, also what was set apart first and taken over later."""
    return _rows(_done(run, status), [SHOWN])


def _waiting(run: ImportRun, status: str, part: int) -> str:
    """The keys of those whose status before and after are another (MOVES) or the same (STAYS)."""
    staged, register = f"{run.staging}_{part:02}", f"{REGISTER}_{part:02}"
    return (
        f"SELECT r.number_key FROM {register} r "
        f"LEFT JOIN {staged} s ON s.number_key = r.number_key WHERE ((s.number_key IS NOT NULL "
        f"AND r.row_digest IS DISTINCT FROM s.row_digest) OR ({missing_from(run, staged)})) "
        f"AND r.status {OF_STATUS[status]} coalesce(s.status, 'removed') "
        "ORDER BY r.number_key LIMIT %s"
    )


def _held(run: ImportRun, part: int) -> str:
    staged, register = f"{run.staging}_{part:02}", f"{REGISTER}_{part:02}"
    return (
        "SELECT r.number_key, r.person_sealed, s.person_sealed, r.status, "
        f"coalesce(s.status, 'removed') FROM {register} r "
        f"LEFT JOIN {staged} s ON s.number_key = r.number_key "
        "WHERE r.number_key = ANY(%s::uuid[]) ORDER BY r.number_key"
    )


def _done(run: ImportRun, status: str) -> str:
    return (
        "SELECT b.number_key, b.person_sealed, r.person_sealed, b.status, r.status "
        f"FROM population_rowbefore b JOIN {REGISTER} r USING (number_key) "
        f"WHERE b.run_id = '{run.pk}' AND b.person_sealed IS NOT NULL "
        f"AND b.status {OF_STATUS[status]} r.status ORDER BY b.number_key LIMIT %s"
    )


def _rows(statement: str, given: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[Row] = cursor.fetchall()
    return found


def _sample(key: uuid.UUID, old: object, new: object, was: object, becomes: object) -> Sample:
    before, after = _person(key, old), _person(key, new)
    status_was, status_becomes = (str(RegisterStatus(str(one)).label) for one in (was, becomes))
    return Sample(mask_number(before.number), before, after, status_was, status_becomes)


def _person(key: uuid.UUID, sealed: object) -> Person:
    if sealed is None:
        return NOBODY
    return PopulationRecord(number_key=key, person_sealed=sealed).person
