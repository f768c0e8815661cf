"""From a row of figures to the entries of the log behind it, for whoever reads the log."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models.searches import About
from audit.narrowing import asked_for
from dashboards.periods import Period
from dashboards.tables import Table

NEW = "new"  # renewals are no sign-ups and no steps of one
EXACTLY = _("A row leads to its entries in the log.")
OF_ALL_CHANNELS = _("A row leads to the log, whose entries of issues do not name the channel.")
# By table: what a row leads to; the log tells more than some figures count.
LEADS_TO = {
    **dict.fromkeys(("endings", "retakes", "devices", "browsers"), EXACTLY),
    **dict.fromkeys(("channels", "renewals"), OF_ALL_CHANNELS),
    "steps": _("A row leads to the log, which has each time of it, repeats, too."),
    "hours": _("A row leads to the log, which has those of the whole day."),
    "review": _("A row leads to the log, which has all that the office's people did."),
}


def entries(action: Action, period: Period, *, only: str = "", detail: str = "") -> str:
    """The address of the log's page for these days. `detail`: what all the entries tell."""
    asked = {"action": action.value, "only": only, "detail": detail} | _days(period)
    chosen = {name: text for name, text in asked.items() if text}
    return f"{reverse('audit:list')}?{urlencode(chosen)}"


def entries_by(
    key: str, codes: Iterable[str], action: Action, period: Period, *, only: str = ""
) -> list[str]:
    """For each code of a detail the address of the entries that tell it."""
    return [entries(action, period, only=only, detail=asked_for(key, code)) for code in codes]


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
    return replace(table, note=f"{table.note} {LEADS_TO[table.key]}".strip())


def _without(table: Table, log: str) -> Table:
    rows = [replace(row, href="") if row.href.startswith(log) else row for row in table.rows]
    return replace(table, rows=rows)
