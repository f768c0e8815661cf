"""What the role of the running portal may do: everything it needs, and to the log only add.

The role that migrates owns the tables; another one, which owns nothing, serves requests. So the
triggers that refuse changes cannot be switched off by whoever takes over the portal's connection.
"""

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

ADD_ONLY = ("audit_entry", "audit_head", "audit_receipt", "audit_montharchive")
GROWING = ("audit_tile", "audit_cursor")  # the triggers let tiles only grow
PARTITIONS = """
    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass
"""
EVERYTHING = """
    REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC;
    GRANT USAGE ON SCHEMA {schema} TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
"""


def grant_to(role: str) -> None:
    """Give an existing database role what the portal needs; for the log, SELECT and INSERT.

    Of what only an owner can do, it may call the functions that apps name in `serving_may_call`.
    Has to run again after each migration. Raises django.db.ProgrammingError for an unknown role.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = sql.Identifier(cursor.fetchone()[0])
        named = {"schema": schema, "role": sql.Identifier(role)}
        cursor.execute(sql.SQL(EVERYTHING).format(**named))
        for app in apps.get_app_configs():
            for function in getattr(app, "serving_may_call", ()):
                calling = sql.SQL("GRANT EXECUTE ON FUNCTION {function} TO {role}")
                cursor.execute(calling.format(function=sql.SQL(function), **named))
        cursor.execute(PARTITIONS)
        partitions = [row[0] for row in cursor.fetchall()]
        # Whoever may write to a partition itself would get around the table they belong to.
        for table in (*ADD_ONLY, *GROWING, *partitions):
            _execute(cursor, "REVOKE ALL ON TABLE {table} FROM {role}", table, role)
        for table in ADD_ONLY:
            _execute(cursor, "GRANT SELECT, INSERT ON TABLE {table} TO {role}", table, role)
        for table in GROWING:
            _execute(cursor, "GRANT SELECT, INSERT, UPDATE ON TABLE {table} TO {role}", table, role)


def _execute(cursor: CursorWrapper, statement: str, table: str, role: str) -> None:
    named = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
    cursor.execute(sql.SQL(statement).format(**named))
