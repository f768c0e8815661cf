"""Which database cluster this is: transactions are numbered by each anew."""

from django.db import connection


class OtherCluster(RuntimeError):
    """The transactions of another cluster are numbered otherwise; the message says what to do."""


def present_cluster() -> int:
    """The identifier that PostgreSQL gave the cluster when it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        identifier: int = cursor.fetchone()[0]
    return identifier
