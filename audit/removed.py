"""Months whose entries have left the database: what a reader of the log is told of them."""

import datetime

from audit.archiving import bounds
from audit.models import Entry, MonthArchive


def months_removed(since: datetime.date | None, until: datetime.date | None) -> list[str]:
    """`YYYY-MM`, oldest first: sealed and removed, and with a day among these. None: no bound."""
    sealed = MonthArchive.objects.order_by("month")
    if since:
        sealed = sealed.filter(month__gte=since.replace(day=1))
    if until:
        sealed = sealed.filter(month__lte=until)
    months = sealed.values_list("month", flat=True)
    return [f"{month:%Y-%m}" for month in months if not _holds_entries(month)]


def _holds_entries(month: datetime.date) -> bool:
    first, after = bounds(month)
    return Entry.objects.filter(at__gte=first, at__lt=after).exists()
