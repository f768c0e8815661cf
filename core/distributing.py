"""Spreads the tables that grow with the population over the machines of a Citus cluster.

They are those that have the number's key in their primary key (docs/scale.md), found in the
database itself, so that a new one is not forgotten. A table that is in partitions already is spread
partition by partition: sixteen of them with 32 shards each are 512.

Citus 13: https://docs.citusdata.com/en/v13.0/develop/api_udf.html (create_distributed_table),
.../api_metadata.html (citus_tables).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

COLUMN = "number_key"
FIRST = "population_record"  # the others lie where it does
SHARDS = 512
PARTITIONS = 16
STAGING = "population_staging_%"  # an import's own, gone with it
GROWING = f"""
    SELECT c.relname FROM pg_class c
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND a.attname = '{COLUMN}' AND c.relname NOT LIKE %s
    ORDER BY c.relname <> '{FIRST}', c.relname
"""  # noqa: S608 - nothing of it comes from outside
AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'citus'"
INSTALLED = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
WORKERS = "SELECT count(*) FROM citus_get_active_worker_nodes()"
UNDER_WAY = "SELECT 1 FROM pg_class WHERE relname LIKE %s AND relkind = 'p' LIMIT 1"
CITUS = "SELECT to_regclass('citus_tables') IS NOT NULL"
DISTRIBUTED = """
    SELECT table_name::text, distribution_column::text, colocation_id, shard_count
    FROM citus_tables WHERE citus_table_type = 'distributed'
"""


class CannotDistribute(Exception):
    """Says what is missing and what to do; nothing was changed."""


@dataclass(frozen=True)
class Step:
    statement: str
    parameters: tuple[str, ...] = ()

    def __str__(self) -> str:
        quoted = tuple(f"'{one}'" for one in self.parameters)
        return f"{self.statement % quoted};" if quoted else f"{self.statement};"


def growing() -> list[str]:
    """The tables to spread, the one first with which the others are co-located."""
    return [name for (name,) in _ask(GROWING, STAGING)]


def plan(tables: list[str]) -> Iterator[Step]:
    """What spreads these tables, in order. They are to be in one transaction."""
    yield Step(f"SET LOCAL citus.shard_count = {SHARDS // PARTITIONS}")
    for name in tables:
        beside = "none" if name == FIRST else FIRST
        yield Step(
            "SELECT create_distributed_table(%s, %s, colocate_with => %s)", (name, COLUMN, beside)
        )


def hold_ready() -> None:
    """Raises CannotDistribute unless there is a cluster, and no import under way."""
    if not _ask(AVAILABLE):
        raise CannotDistribute(
            "This PostgreSQL has no Citus: install the extension on the coordinator and every "
            "worker (shared_preload_libraries = 'citus'), then call this again."
        )
    if not _ask(INSTALLED):
        raise CannotDistribute(
            "Citus is there and not in this database: as the cluster's superuser, "
            "CREATE EXTENSION citus; on the coordinator and every worker."
        )
    if not _ask(WORKERS)[0][0]:
        raise CannotDistribute(
            "The coordinator knows no worker: SELECT citus_add_node('host', 5432); for each."
        )
    if _ask(UNDER_WAY, STAGING):
        raise CannotDistribute("An import is under way: let it end, or discard it, first.")


def distributed() -> set[str]:
    """The tables that are spread over the machines already; without Citus none is."""
    return {name for name, *_ in _ask(DISTRIBUTED)} if _ask(CITUS)[0][0] else set()


def left_to_do() -> list[str]:
    """The tables that are not spread yet."""
    done = distributed()
    return [name for name in growing() if name not in done]


def faults() -> list[str]:
    """What is not as it has to be, a sentence each: every table is spread by the number's key, and
    all of one person's rows lie on one machine.
    """
    found = {name: rest for name, *rest in _ask(DISTRIBUTED)}
    sentences = [f"{name} is not distributed." for name in growing() if name not in found]
    ours = {name: found[name] for name in growing() if name in found}
    sentences += [
        f"{name} is distributed by {column}, not by {COLUMN}."
        for name, (column, _group, _shards) in ours.items()
        if column != COLUMN
    ]
    if len({group for _column, group, _shards in ours.values()}) > 1:
        sentences.append("The tables are not co-located: a person's rows lie on several machines.")
    return sentences


def _ask(statement: str, *parameters: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())
