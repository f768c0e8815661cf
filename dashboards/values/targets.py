"""A target beside the figures of its days: a line in the chart, and how often it was met."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.tables import Table, Target

WORDS = {
    "signups": gettext_lazy("Target: %(value)s sign-ups a day"),
    "wait": gettext_lazy("Target: 90%% of cases decided within %(value)s hours"),
    "machine": gettext_lazy("Target: %(value)s%% passed by the machine alone"),
}
AT_MOST = frozenset({"wait"})  # the smaller the better
Daily = Mapping[datetime.date, float]


def met_on(key: str, target: int, daily: Daily) -> int:
    if key in AT_MOST:
        return sum(value <= target for value in daily.values())
    return sum(value >= target for value in daily.values())


def with_target(table: Table, key: str, target: int | None, daily: Daily) -> Table:
    """`daily`: the figure of each day; today is not over and counts neither way."""
    if target is None:
        return table
    over = {day: value for day, value in daily.items() if day < timezone.localdate()}
    words = str(WORDS[key]) % {"value": number_format(target, force_grouping=True)}
    told = _("%(target)s. Met on %(met)s of %(days)s days.") % {
        "target": words,
        "met": number_format(met_on(key, target, over), force_grouping=True),
        "days": number_format(len(over), force_grouping=True),
    }
    return replace(table, target=Target(target, words), note=f"{table.note} {told}".strip())
