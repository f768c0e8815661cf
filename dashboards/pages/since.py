"""Since when the figures of a table are kept, below the table."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from core.templatetags.thai import people_date
from dashboards.periods import Period
from dashboards.sums import kept_since
from dashboards.tables import Table

# What a table counts, by its definition. Sign-ups are kept from the first one on; today's hours and
# what is reckoned reach back to nothing.
COUNTED: dict[str, tuple[str, ...]] = {
    "channels": ("signups",), "renewals": ("renewals",),
    "funnel": ("reached", "arrivals"), "endings": ("moves",), "retakes": ("retakes",),
    "devices": ("devices",), "browsers": ("devices",),
    "review": ("review",), "waits": ("waits",), "machine": ("moves",), "jobs": ("checks",),
    "scores": ("scores",), "groups": ("groups",),
}  # fmt: skip


def with_since(tables: Sequence[Table], period: Period) -> list[Table]:
    """Each says since when it is kept, and that the chosen days reach further back, if they do."""
    counted = {one for table in tables for one in COUNTED.get(table.definition, ())}
    since = kept_since(counted) if counted else {}
    told = []
    for table in tables:
        days = [since[one] for one in COUNTED.get(table.definition, ()) if one in since]
        words = since_words(min(days), period) if days else ""
        told.append(replace(table, note=f"{table.note} {words}".strip()))
    return told


def since_words(first: datetime.date, period: Period) -> str:
    words = _("Kept since %(day)s.") % {"day": people_date(first)}
    further = _("The chosen days reach further back: of those before there is nothing here.")
    return f"{words} {further}" if period.start < first else words
