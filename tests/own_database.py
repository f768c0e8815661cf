"""A database whose transactions are real, and that is after each test what it was before the first.

Django's own way truncates every table: the log refuses that, and what the migrations wrote would be
gone. A copy for each test would be 1,500 files each. So there is one copy: the tables that
PostgreSQL saw written get back what they held, and a test that leaves another schema behind costs a
new copy.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.db import connection

GONE_WITHIN = 20.0
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
        AND pid <> pg_backend_pid()
"""
# What wrote a row of these left the newest transaction in it; what took one away left fewer.
CATALOGS = (
    *("pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_db_role_setting"),
    *("pg_default_acl", "pg_description", "pg_enum", "pg_extension", "pg_index", "pg_inherits"),
    *("pg_policy", "pg_proc", "pg_sequence", "pg_statistic_ext", "pg_trigger", "pg_type"),
)
UNTOUCHED = " UNION ALL ".join(
    f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}"  # noqa: S608 - names above
    for name in CATALOGS
)
# How often rows of a table were written, ever, even in what was taken back; a new file is a new
# table's or that of one that was truncated.
COUNTED = """
    SELECT oid::regclass::text, pg_relation_filenode(oid), pg_stat_get_tuples_inserted(oid)
        + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
SEQUENCES = """
    SELECT seqrelid::regclass::text, coalesce(pg_sequence_last_value(seqrelid), seqstart),
        pg_sequence_last_value(seqrelid) IS NOT NULL
    FROM pg_sequence
"""
# Without what is counted (oids), so that a table in the place of one like it is no other.
SCHEMA = """
    SELECT 'relation', relname, relkind, relowner::regrole, relacl, relpersistence, reloptions,
        relrowsecurity, relforcerowsecurity, pg_get_expr(relpartbound, oid),
        (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = pg_class.oid),
        CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) ELSE pg_get_partkeydef(oid) END
    FROM pg_class WHERE relnamespace = 'public'::regnamespace;
    SELECT 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
        attacl, attidentity, attgenerated, attcollation,
        (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
         WHERE (adrelid, adnum) = (attrelid, attnum))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped;
    SELECT 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace;
    SELECT 'index', indexrelid::regclass, indisvalid, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace;
    SELECT 'trigger', tgrelid::regclass, tgenabled,
        CASE WHEN NOT tgisinternal THEN pg_get_triggerdef(oid) END FROM pg_trigger;
    SELECT 'function', proname, proowner::regrole, proacl, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL;
    SELECT 'sequence', seqrelid::regclass, seqstart, seqincrement, seqmax, seqmin, seqcycle
    FROM pg_sequence;
    SELECT 'comment', classoid::regclass, objsubid, description FROM pg_description
    WHERE classoid <> ALL ('{pg_proc,pg_type,pg_operator}'::regclass[]);
    SELECT 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid),
        pg_get_expr(polwithcheck, polrelid) FROM pg_policy;
    SELECT 'other', relation::text, count::text FROM (
        SELECT 'pg_extension' AS relation, string_agg(extname, ',' ORDER BY extname) AS count
        FROM pg_extension
        UNION ALL SELECT 'pg_namespace', string_agg(nspname || nspacl::text, ',' ORDER BY nspname)
        FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
        UNION ALL SELECT 'pg_type', string_agg(typname, ',' ORDER BY typname) FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typtype NOT IN ('b', 'c')
        UNION ALL SELECT 'pg_default_acl', count(*)::text FROM pg_default_acl
        UNION ALL SELECT 'pg_statistic_ext', count(*)::text FROM pg_statistic_ext
        UNION ALL SELECT 'pg_db_role_setting', string_agg(setconfig::text, ',')
        FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
        WHERE datname = current_database()) AS _
"""


class OwnDatabase:
    """A copy of the database `pattern`, to which nobody may be connected while one is made."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.name = f"{pattern}_own"
        self.made = False

    def be_ready(self) -> None:
        if self.made:
            return
        administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        administer(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.pattern}"')
        with self._inside() as inside:
            self.untouched, self.schema = asked(inside, UNTOUCHED), schema_of(inside)
            self.sequences = asked(inside, SEQUENCES)
            self.counted = asked(inside, COUNTED)
            self.rows = {
                table: rows for table, *_ in self.counted if (rows := copy_of(inside, table))
            }
        self.made = True

    def put_back(self) -> None:
        """Whoever is still connected is sent out. Another schema is left for a new copy."""
        with self._inside() as inside:
            send_out_others(inside)
            touched = asked(inside, UNTOUCHED) != self.untouched
            if touched and schema_of(inside) != self.schema:
                self.made = False
                return
            written = asked(inside, COUNTED) - self.counted
            counters = asked(inside, SEQUENCES) - self.sequences
            if written or counters:
                self._restore(
                    inside, {table for table, *_ in written}, {each[0] for each in counters}
                )
            if touched or written:
                inside.execute("SELECT pg_stat_force_next_flush()")
                self.untouched, self.counted = asked(inside, UNTOUCHED), asked(inside, COUNTED)

    def _restore(self, inside: psycopg.Connection, tables: set[str], sequences: set[str]) -> None:
        """As a replica would: no trigger refuses it, no foreign key asks for an order."""
        with inside.transaction():
            inside.execute("SET LOCAL session_replication_role = replica")
            for table in tables:
                inside.execute(f"DELETE FROM ONLY {table}")  # noqa: S608 - PostgreSQL quoted it
                if table in self.rows:
                    with inside.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(self.rows[table])
            for name, value, called in self.sequences:
                if name in sequences:
                    inside.execute("SELECT setval(%s, %s, %s)", (name, value, called))

    def drop(self) -> None:
        administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    @contextmanager
    def _inside(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(**parameters(self.name), autocommit=True) as inside:
            yield inside


def send_out_others(inside: psycopg.Connection) -> None:
    """What they have counted is counted when they are gone."""
    deadline = time.monotonic() + GONE_WITHIN
    while inside.execute(OTHERS).fetchall():
        assert time.monotonic() < deadline, "a connection to a test's database stays open"
        time.sleep(0.002)


def asked(inside: psycopg.Connection, question: str) -> set[tuple]:
    return set(inside.execute(question).fetchall())


def names(rows: set[tuple]) -> set[str]:
    return {name for name, *_ in rows}


def schema_of(inside: psycopg.Connection) -> list[str]:
    parts = [inside.execute(each).fetchall() for each in SCHEMA.split(";")]
    return sorted(str(row) for rows in parts for row in rows)


def copy_of(inside: psycopg.Connection, table: str) -> bytes:
    with inside.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)


def parameters(database: str) -> Mapping[str, str]:
    known = {"user", "password", "host", "port"}
    given = connection.get_connection_params()
    return {key: value for key, value in given.items() if key in known} | {"dbname": database}


def administer(statement: str) -> None:
    with psycopg.connect(**parameters("postgres"), autocommit=True) as outside:
        outside.execute(statement)
