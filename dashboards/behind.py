"""From a row of figures to the entries of the log behind it, for whoever reads the log."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.models.searches import About
from dashboards.periods import Period
from dashboards.tables import Table


def entries(action: Action, period: Period) -> str:
    """The address of the log's page for these days."""
    return f"{reverse('audit:list')}?{urlencode({'action': action.value} | _days(period))}"


def entries_of_office(code: str, period: Period) -> str:
    """What an office's people did."""
    asked = {"about": About.OFFICE.value, "subject": code} | _days(period)
    return f"{reverse('audit:find')}?{urlencode(asked)}"


def told_to(tables: Iterable[Table], *, reads_log: bool) -> list[Table]:
    """With a word on what the log's list has more than the figure; for others without the way."""
    log = reverse("audit:list")
    return [_noted(table, log) if reads_log else _without(table, log) for table in tables]


def _days(period: Period) -> dict[str, str]:
    return {"since": str(period.start), "until": str(period.end)}


def _noted(table: Table, log: str) -> Table:
    if not any(row.href.startswith(log) for row in table.rows):
        return table
    words = _("A row leads to the log, which has each time of it, repeats and renewals, too.")
    return replace(table, note=f"{table.note} {words}".strip())


def _without(table: Table, log: str) -> Table:
    rows = [replace(row, href="") if row.href.startswith(log) else row for row in table.rows]
    return replace(table, rows=rows)
