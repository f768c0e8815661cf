"""A few of the people whom a waiting import would change, for those who decide on it.

They are taken in the order of their keyed hashes, which no sender of a file can choose; those whose
status changes apart from the others, or a few who are removed would hide behind many who move.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

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


def samples(run: ImportRun) -> list[Sample]:
    """Of what a run that is held would do, or has done to the register: whoever dies, comes back or
    is removed first.
    """
    return [_sample(*row) for status in ("<>", "=") for row in _first(run, status)]


def _first(run: ImportRun, status: str) -> Iterator[tuple[Any, ...]]:
    """Of those whose status before and after are another (`<>`) or the same (`=`)."""
    statements: Iterable[str] = [_done(run, status)]
    if run.state == RunState.HELD:
        statements = map(partial(_waiting, run, status), range(PARTITIONS))
    return islice((row for one in statements for row in _rows(one)), SHOWN)


def _waiting(run: ImportRun, status: str, part: int) -> str:
    staged, register = f"{run.staging}_{part:02}", f"{REGISTER}_{part:02}"
    missing = missing_from(run, staged)
    return (
        "SELECT r.number_key, r.person_sealed, s.person_sealed, r.status, "
        f"coalesce(s.status, 'removed') FROM {register} r "
        f"LEFT JOIN {staged} s ON s.number_key = r.number_key WHERE ((s.number_key IS NOT NULL "
        f"AND r.row_digest IS DISTINCT FROM s.row_digest) OR ({missing})) "
        f"AND r.status {status} coalesce(s.status, 'removed') "
        f"ORDER BY r.number_key LIMIT {SHOWN}"
    )


def _done(run: ImportRun, status: str) -> str:
    return (
        "SELECT b.number_key, b.person_sealed, r.person_sealed, b.status, r.status "
        f"FROM population_rowbefore b JOIN {REGISTER} r USING (number_key) "
        f"WHERE b.run_id = '{run.pk}' AND b.person_sealed IS NOT NULL "
        f"AND b.status {status} r.status "
        f"ORDER BY b.number_key LIMIT {SHOWN}"
    )


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        yield from cursor.fetchall()


def _sample(key: uuid.UUID, old: object, new: object, was: object, becomes: object) -> Sample:
    before, after = _person(key, old), _person(key, new)
    status_was, status_becomes = (str(RegisterStatus(str(one)).label) for one in (was, becomes))
    return Sample(mask_number(before.number), before, after, status_was, status_becomes)


def _person(key: uuid.UUID, sealed: object) -> Person:
    if sealed is None:
        return NOBODY
    return PopulationRecord(number_key=key, person_sealed=sealed).person
