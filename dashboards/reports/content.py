"""What a report says: the sums of each table of its view, as its reader may see them."""

import datetime
from dataclasses import replace

from django.conf import settings
from django.http import QueryDict

from core.typing import Context
from dashboards.filters import choice_of, tables_of
from dashboards.models import ReportSubscription
from dashboards.notes.marking import days_words
from dashboards.periods import LENGTHS, Period
from dashboards.saved.services import address_of
from dashboards.tables import Table, words


def content_of(wish: ReportSubscription, *, day: datetime.date) -> Context:
    """`day`: when it was due. The days of the view end the day before: whole days only."""
    choice = choice_of(QueryDict(wish.view.query))
    choice = replace(choice, period=whole_days(choice.period, day))
    tables = tables_of(wish.view.page, choice, officer=wish.officer)
    view = wish.view
    view.query = choice.query  # not saved: the link shows the days that the mail speaks of
    told = [(table.title, _sums(table), table.note) for table in tables]
    marks = {(days_words(mark), mark.words) for table in tables for mark in table.marks}
    return {
        "view": view,
        "period": choice.period,
        "tables": [one for one in told if one[1] or one[2]],
        "marks": sorted(marks),
        "address": settings.PORTAL_ADDRESS + address_of(view),
    }


def whole_days(period: Period, day: datetime.date) -> Period:
    """The period as it was on the day before; own days stay as they were chosen."""
    if period.length == "own":
        return period
    end = day - datetime.timedelta(days=1)
    days = LENGTHS.get(period.length)
    start = end - datetime.timedelta(days=days - 1) if days else period.start
    return Period(start, end, "own", period.compares)


def _sums(table: Table) -> list[tuple[str, str]]:
    """Column and sum; none where a number is hidden, or nothing can be added."""
    return [
        (column.name, words(value, column.kind))
        for column, value in zip(table.columns[1:], table.total, strict=False)
        if value is not None
    ]
