"""Makes the log's partitions ahead of time."""

from django.db import connection

AHEAD = 3
MAKE = """
    SELECT audit_make_month(
        (date_trunc('month', now() AT TIME ZONE 'Asia/Bangkok') + make_interval(months => %s))::date
    )
"""


def make_months() -> int:
    """Make the partitions of this month and the next three; how many were missing.

    An entry for which none is there falls into the default partition, and moves when one is made.
    """
    with connection.cursor() as cursor:
        made = 0
        for ahead in range(AHEAD + 1):
            cursor.execute(MAKE, [ahead])
            made += cursor.fetchone()[0]
    return made
