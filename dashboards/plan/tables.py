"""The plan as tables: month by month, and province by province with its readiness."""

import datetime
from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.templatetags.thai import people_date
from dashboards.plan.figures import Figures, Openings, Readiness
from dashboards.tables import Column, Kind, Row, Table
from rollout.forecast import Forecast, Pace

MONTHS_SHOWN = 18


def month_table(told: Forecast) -> Table:
    rows = [
        Row(
            [
                f"{month.first:%Y-%m}",
                month.signups,
                month.cases,
                month.officers,
                month.waiting,
                month.total,
            ]
        )
        for month in told.months[:MONTHS_SHOWN]
    ]
    columns = [
        Column("month", _("Month"), Kind.DAY),
        Column("signups", _("Sign-ups a day")),
        Column("cases", _("Cases a day")),
        Column("officers", _("Officers needed")),
        Column("waiting", _("Waiting at its end")),
        Column("total", _("Digital IDs at its end")),
    ]
    return Table("months", _("Month by month"), "", "plan", columns, rows)


def province_table(
    figures: Figures, opens: Openings, pace: Pace, ready: Mapping[str, Readiness]
) -> Table:
    """Those that open next come first; the first day's cases and the officers they need."""
    rows = []
    for place in sorted(figures.places, key=lambda place: _when(opens[place.code], figures.today)):
        left, of_it = figures.left(place.code), ready[place.code]
        cases = left * pace.signups * pace.cases
        rows.append(
            Row(
                [
                    place.name,
                    _opens(opens[place.code], figures.today),
                    left,
                    cases,
                    pace.officers_for(cases),
                    of_it.officers,
                    of_it.set_up,
                    of_it.practised,
                    of_it.signed_in,
                    of_it.empty_offices,
                    of_it.untrained,
                    of_it.unequipped,
                    of_it.wait,
                ],
                href=f"{reverse('readiness:page')}?{urlencode({'province': place.code})}",
            )
        )
    return Table(
        "provinces", _("Provinces and their readiness"), "", "plan", _province_columns(), rows
    )


def _province_columns() -> list[Column]:
    return [
        Column("area", _("Province"), Kind.WORDS),
        Column("opens", _("Opens"), Kind.WORDS),
        Column("left", _("Have none yet")),
        Column("cases", _("Cases on the first day")),
        Column("needed", _("Officers needed")),
        Column("officers", _("Officers there")),
        Column("set_up", _("with second factor")),
        Column("practised", _("who have decided before")),
        Column("signed_in", _("signed in within 14 days")),
        Column("empty", _("Offices without officer")),
        Column("untrained", _("without word on training")),
        Column("unequipped", _("without word on devices")),
        Column("wait", _("90% within, last week"), Kind.TIME),
    ]


def _when(opens: datetime.date | None, today: datetime.date) -> tuple[bool, datetime.date]:
    """What opens next first, then what is open, then what nothing opens."""
    if opens is None or opens <= today:
        return True, datetime.date.max if opens is None else datetime.date.max.replace(month=1)
    return False, opens


def _opens(opens: datetime.date | None, today: datetime.date) -> str:
    if opens is None:
        return "–"
    return pgettext("province", "open") if opens <= today else people_date(opens)
