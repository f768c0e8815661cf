"""Months whose entries have left the database: what a reader of the log is told of them."""

import datetime

from django.db import connection

from audit.models import MonthArchive

WITHOUT_TABLE = """
    SELECT month FROM unnest(%s::date[]) AS month
    WHERE to_regclass('audit_entry_' || to_char(month, 'YYYY_MM')) IS NULL
    ORDER BY month
"""


def months_removed(since: datetime.date | None, until: datetime.date | None) -> list[str]:
    """`YYYY-MM`, oldest first: sealed and removed, and with a day among these. None: no bound."""
    sealed = MonthArchive.objects.all()
    if since:
        sealed = sealed.filter(month__gte=since.replace(day=1))
    if until:
        sealed = sealed.filter(month__lte=until)
    months = list(sealed.values_list("month", flat=True))
    if not months:
        return []
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_TABLE, [months])
        return [f"{month:%Y-%m}" for (month,) in cursor.fetchall()]
