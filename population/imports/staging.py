"""The table a run's rows wait in, and the SQL that takes them over into the register."""

import time
import uuid

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from population.imports.missing import missing_from
from population.imports.sealing import COPIED
from population.models import ImportRun
from population.models.record import REGISTER

KEPT = tuple(name for name in COPIED if name != "line")  # of use while loading only
COLUMNS = ", ".join(KEPT)
VALUES = KEPT[1:]
INDEX_MEMORY = "256MB"  # a partition of 60 million has 3.75 million keys
LOCK_PATIENCE_MS = 200
LOCK_ATTEMPTS = 50


def make_staging(run: ImportRun) -> None:
    """A logged table, partitioned as the register is, without an index while it is being filled."""
    _as_owner("make_staging", run)


def drop_staging(run: ImportRun) -> None:
    _as_owner("drop_staging", run)


def reject_twins(run: ImportRun, part: int) -> int:
    """Take out all lines with the same number, which contradict each other; returns how many.

    Lines with the same number have the same key, so they wait in the same partition.
    """
    table = f"{run.staging}_{part:02}"
    twins = f"SELECT number_key FROM {table} GROUP BY number_key HAVING count(*) > 1"
    return _reject(run, table, twins) + reject_twins_of_rejected(run, part)


def reject_twins_of_rejected(run: ImportRun, part: int) -> int:
    """Take out the lines whose number stands in a rejected line as well; returns how many."""
    rejected = (
        "SELECT DISTINCT number_key FROM population_rejectedrow "
        f"WHERE run_id = '{run.pk}' AND number_key IS NOT NULL"
    )
    return _reject(run, f"{run.staging}_{part:02}", rejected)


def _reject(run: ImportRun, table: str, keys: str) -> int:
    """`keys` is a query of the keys whose lines are taken out."""
    return _run(
        f"""
        WITH gone AS (
            DELETE FROM {table} AS staged USING ({keys}) AS twins
            WHERE staged.number_key = twins.number_key
            RETURNING staged.line, staged.office_code, staged.number_key
        )
        INSERT INTO population_rejectedrow (run_id, line, reason, office_code, number_key)
        SELECT %s, line, 'twice_in_file', office_code, number_key FROM gone
        """,
        run.pk,
    )


@transaction.atomic
def index_part(run: ImportRun, part: int) -> bool:
    """Build one partition's key, without twins; False if this had been done."""
    table = f"{run.staging}_{part:02}"
    # A killed importer's statement may still be running: whoever resumes waits for its end.
    _run(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    if _value(f"SELECT to_regclass('{table}_pkey') IS NOT NULL"):
        return False
    reject_twins_of_rejected(run, part)
    try:
        _add_key(run, part)
    except IntegrityError:
        reject_twins(run, part)
        _add_key(run, part)
    return True


@transaction.atomic
def _add_key(run: ImportRun, part: int) -> None:
    """Looking for twins beforehand takes as long as building the key, which finds them as well."""
    _run(f"SET LOCAL maintenance_work_mem = '{INDEX_MEMORY}'")
    _as_owner("add_key", run, part)


@transaction.atomic
def put_in_place(run: ImportRun) -> None:
    """Make the staging table the register, which is empty: a change of names.

    Raises RegisterInUse. Everything slow is done before the lock: look-ups wait for the names only.
    """
    _as_owner("make_ready", run)
    lock_register()
    if not _as_owner("put_in_place", run):
        raise RegisterInUse


def lock_register() -> None:
    """Keep everybody out until the transaction ends.

    Whoever asks for this lock makes all later look-ups wait behind it, so it is asked for briefly
    and again rather than for long: a slow reader must not stop the citizens.
    """
    for _attempt in range(LOCK_ATTEMPTS):
        try:
            with transaction.atomic():
                _run(f"SET LOCAL lock_timeout = '{LOCK_PATIENCE_MS}ms'")
                _run(f"LOCK TABLE {REGISTER} IN ACCESS EXCLUSIVE MODE")
        except OperationalError:
            time.sleep(LOCK_PATIENCE_MS / 1000)
        else:
            return
    raise RegisterBusy(
        _("The register is being read for so long that it cannot be exchanged. Resume the import.")
    )


class RegisterBusy(Exception):
    """Somebody reads the register for so long that it cannot be exchanged now."""


class RegisterInUse(Exception):
    """Rows came into the register while a first import was running."""


def register_is_empty() -> bool:
    return not _value(f"SELECT EXISTS (SELECT 1 FROM {REGISTER})")


@transaction.atomic
def merge_part(run: ImportRun, part: int) -> dict[str, int]:
    """Take one partition's differences over; what was there before is kept for the way back."""
    staged, register = f"{run.staging}_{part:02}", f"{REGISTER}_{part:02}"
    old = ", ".join(f"r.{name}" for name in VALUES)
    differs = "r.row_digest IS DISTINCT FROM s.row_digest"
    before = f"INSERT INTO population_rowbefore (run_id, {COLUMNS})"
    _as_owner("analyze", run, part)
    total = _value(f"SELECT count(*) FROM {staged}")
    changed = _run(
        f"{before} SELECT %s, r.number_key, {old} FROM {register} r "
        f"JOIN {staged} s USING (number_key) WHERE {differs}",
        run.pk,
    )
    _run(
        f"UPDATE {register} r SET {', '.join(f'{name} = s.{name}' for name in VALUES)} "
        f"FROM {staged} s WHERE r.number_key = s.number_key AND {differs}"
    )
    inserted = _run(
        f"WITH fresh AS (INSERT INTO {register} ({COLUMNS}) SELECT {COLUMNS} FROM {staged} "
        "ON CONFLICT (number_key) DO NOTHING RETURNING number_key) "
        "INSERT INTO population_rowbefore (run_id, number_key) SELECT %s, number_key FROM fresh",
        run.pk,
    )
    removed = _remove_missing(run, staged, register) if run.complete else 0
    unchanged = total - changed - inserted
    return {"inserted": inserted, "changed": changed, "unchanged": unchanged, "removed": removed}


def _remove_missing(run: ImportRun, staged: str, register: str) -> int:
    """Whoever a complete file does not name any more is removed from the register, not deleted."""
    missing = missing_from(run, staged)
    old = ", ".join(f"r.{name}" for name in VALUES)
    removed = _run(
        f"INSERT INTO population_rowbefore (run_id, {COLUMNS}) SELECT %s, r.number_key, {old} "
        f"FROM {register} r WHERE {missing} ON CONFLICT DO NOTHING",
        run.pk,
    )
    _run(
        f"UPDATE {register} r SET status = 'removed', row_digest = NULL, "
        f"updated_at = now() WHERE {missing}"
    )
    return removed


@transaction.atomic
def undo(run: ImportRun) -> None:
    """Put the register back as it was before the run."""
    if run.replaced_table:
        lock_register()
        _as_owner("empty_register", run)
        return
    _run(
        f"DELETE FROM {REGISTER} r USING population_rowbefore b "
        "WHERE b.run_id = %s AND r.number_key = b.number_key AND b.person_sealed IS NULL",
        run.pk,
    )
    _run(
        f"UPDATE {REGISTER} r SET {', '.join(f'{name} = b.{name}' for name in VALUES)} "
        "FROM population_rowbefore b WHERE b.run_id = %s AND r.number_key = b.number_key",
        run.pk,
    )
    _run("DELETE FROM population_rowbefore WHERE run_id = %s", run.pk)


def digest_of(table: str) -> int:
    """The order-independent digest of a table: the sum of its rows' digests mod 2^64."""
    return int(_value(f"SELECT coalesce(sum(row_digest), 0) FROM {table}")) % 2**64


def _as_owner(step: str, run: ImportRun, *part: int) -> int:
    """Call a function of the tables' owner (migration 0004): who serves owns no table."""
    marks = ", ".join(["%s"] * (1 + len(part)))
    return _value(f"SELECT population_{step}({marks})", run.pk, *part)


def _run(statement: str, *parameters: str | int | uuid.UUID) -> int:
    """Execute SQL made of our own table names; returns the count of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        touched: int = cursor.rowcount
    return touched


def _value(statement: str, *parameters: int | uuid.UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        value: int = cursor.fetchone()[0]
    return value
