"""Rows that would rewrite a living digital ID as people's data do not change wait apart.

They are taken out before anything is taken over: register and digital ID stay as they were. Only
whose row differs and who has a digital ID in force is looked at, found by the database and opened
some thousands at a time.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import F

from identity.changes import Doubt, doubts
from identity.models import LIVE, DigitalID
from identity.person import Person, RegisterStatus
from population.imports.missing import removes_nobody
from population.imports.staging import COLUMNS, VALUES
from population.models import HeldRow, ImportRun, OfficeCount, PopulationRecord
from population.models.record import REGISTER

AT_ONCE = 5_000
REASON = "implausible"
EVER = datetime(1900, 1, 1, tzinfo=UTC)


@transaction.atomic
def set_doubtful_apart(run: ImportRun, part: int, *, issued_after: datetime = EVER) -> None:
    """Of one partition, into HeldRow and the rejected lines. Once done, again does nothing."""
    if not DigitalID.objects.filter(status__in=LIVE, issued_at__gt=issued_after).exists():
        return
    staged, keys = f"{run.staging}_{part:02}", []
    live = ", ".join(f"'{status}'" for status in LIVE)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT s.number_key, s.person_sealed, d.id, d.holder_sealed FROM {staged} s "
            f"JOIN identity_digitalid d ON d.number_key = s.number_key AND d.status IN ({live}) "
            f"LEFT JOIN {REGISTER}_{part:02} r ON r.number_key = s.number_key "
            "WHERE r.row_digest IS DISTINCT FROM s.row_digest AND d.issued_at > %s",
            [issued_after],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            keys += [key for key, *sealed in rows if doubts(*_both(key, *sealed))]
    if keys:
        _set_apart(run, staged, keys)


def _both(key: uuid.UUID, said: bytes, pk: uuid.UUID, holder: bytes) -> tuple[Person, Person]:
    """Whom the digital ID names, and whom the file does."""
    before = DigitalID(pk=pk, holder_sealed=holder).holder
    return before, PopulationRecord(number_key=key, person_sealed=said).person


def _set_apart(run: ImportRun, staged: str, keys: list[uuid.UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH gone AS (
                DELETE FROM {staged} WHERE number_key = ANY(%s) RETURNING line, {COLUMNS}
            ), held AS (
                INSERT INTO population_heldrow (run_id, {COLUMNS}) SELECT %s, {COLUMNS} FROM gone
            )
            INSERT INTO population_rejectedrow (run_id, line, reason, office_code, number_key)
            SELECT %s, line, '{REASON}', office_code, number_key FROM gone
            """,
            [keys, run.pk, run.pk],
        )


def supersede(run: ImportRun, part: int) -> None:
    """What older files said of somebody whom this one names, or all of it where it holds everybody,
    waits no longer.
    """
    older = HeldRow.objects.exclude(run=run)
    if not removes_nobody(run):
        older.delete()
    elif older.exists():
        staged = f"{run.staging}_{part:02}"
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM population_heldrow h WHERE h.run_id <> %s AND h.number_key IN "
                f"(SELECT number_key FROM {staged} UNION ALL "
                "SELECT number_key FROM population_heldrow WHERE run_id = %s)",
                [run.pk, run.pk],
            )


def take_held(run: ImportRun) -> None:
    """Within a transaction: what waits of a finished run goes into the register after all."""
    fresh = _count_as_taken(run)
    old = ", ".join(f"r.{name}" for name in VALUES)
    new = ", ".join(f"{name} = EXCLUDED.{name}" for name in VALUES)
    mine = "FROM population_heldrow h WHERE h.run_id = %s"
    with connection.cursor() as cursor:
        if not run.replaced_table:  # the way back of a first import is an empty register
            cursor.execute(
                f"INSERT INTO population_rowbefore (run_id, {COLUMNS}) "
                f"SELECT h.run_id, h.number_key, {old} FROM population_heldrow h "
                f"LEFT JOIN {REGISTER} r USING (number_key) WHERE h.run_id = %s",
                [run.pk],
            )
        cursor.execute(
            f"INSERT INTO {REGISTER} ({COLUMNS}) SELECT {COLUMNS} {mine} "
            f"ON CONFLICT (number_key) DO UPDATE SET {new}",
            [run.pk],
        )
    run.rejected_rows.filter(reason=REASON).delete()
    held = run.held_rows.all().delete()[0]
    run.rejected, run.inserted = run.rejected - held, run.inserted + fresh
    run.changed += held - fresh
    run.save(update_fields=["rejected", "inserted", "changed"])


def _count_as_taken(run: ImportRun) -> int:
    """Office by office; returns how many are new in the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.office_code, count(*), count(r.number_key) FROM population_heldrow h "
            f"LEFT JOIN {REGISTER} r USING (number_key) WHERE h.run_id = %s GROUP BY 1",
            [run.pk],
        )
        counts = cursor.fetchall()
    for office, held, known in counts:
        OfficeCount.objects.filter(run=run, office_code=office).update(
            rejected=F("rejected") - held,
            changed=F("changed") + known,
            inserted=F("inserted") + held - known,
        )
    return sum(held - known for _office, held, known in counts)


@dataclass(frozen=True)
class HeldSample:
    """Somebody with a digital ID: whom it names, whom the file does, and why that is in doubt."""

    before: Person
    after: Person
    becomes: str
    why: tuple[Doubt, ...]


def held_samples(run: ImportRun, *, at_most: int) -> list[HeldSample]:
    """In the order of the keyed hashes, which no sender of a file can choose."""
    rows = list(run.held_rows.order_by("number_key")[:at_most])
    live = DigitalID.objects.filter(
        number_key__in=[row.number_key for row in rows], status__in=LIVE
    )
    holders = {digital_id.number_key: digital_id for digital_id in live}
    return [_sample(row, holders[row.number_key]) for row in rows if row.number_key in holders]


def _sample(row: HeldRow, digital_id: DigitalID) -> HeldSample:
    said = bytes(row.person_sealed)
    both = _both(row.number_key, said, digital_id.pk, bytes(digital_id.holder_sealed))
    return HeldSample(*both, str(RegisterStatus(row.status).label), doubts(*both))
