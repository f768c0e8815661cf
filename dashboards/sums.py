"""The queries behind every page: sums of counters, never of enrollments."""

import datetime
from collections import Counter as Tally
from collections.abc import Iterable

from django.db.models import ExpressionWrapper, F, Func, IntegerField, Min, QuerySet, Sum, Value
from django.db.models.expressions import CombinedExpression

from dashboards.counting.facts import BINS
from dashboards.models import COUNTRY, Counter
from dashboards.periods import Period

A_MONDAY, WEEK = datetime.date(2020, 9, 28), 7  # before all figures
Days = dict[datetime.date, int]


def _stretch(start: datetime.date, width: int) -> "ExpressionWrapper[CombinedExpression]":
    """In which stretch of so many days a day lies, counted from 0."""
    age = Func(F("day"), Value(start), arg_joiner=" - ", template="(%(expressions)s)")
    return ExpressionWrapper(age / width, output_field=IntegerField())


def _of(figure: str, period: Period | None, area: str) -> QuerySet[Counter]:
    found = Counter.objects.filter(figure=figure, area=area)
    return found if period is None else found.filter(day__range=(period.start, period.end))


def by_day(figure: str, period: Period | None, *, area: str = COUNTRY) -> Days:
    """Sums of all labels by day."""
    return dict(_of(figure, period, area).values_list("day").annotate(Sum("count")))


def by_label(
    figure: str, period: Period | None, *, area: str = COUNTRY, loaded: bool | None = None
) -> Tally[str]:
    """Sums of all days by label; with `loaded` only of what was, or was not, carried over."""
    found = _of(figure, period, area)
    if loaded is not None:
        found = found.filter(loaded=loaded)
    return Tally(dict(found.values_list("label").annotate(Sum("count"))))


def by_figure(figures: Iterable[str], period: Period) -> dict[str, Tally[str]]:
    """Sums of the country by figure and label."""
    found = Counter.objects.filter(
        figure__in=list(figures), area=COUNTRY, day__range=(period.start, period.end)
    )
    sums: dict[str, Tally[str]] = {}
    for figure, label, count in found.values_list("figure", "label").annotate(Sum("count")):
        sums.setdefault(figure, Tally())[label] = count
    return sums


def kept_since(figures: Iterable[str]) -> dict[str, datetime.date]:
    """The first day of each figure."""
    found = Counter.objects.filter(figure__in=list(figures), area=COUNTRY)
    return dict(found.values_list("figure").annotate(Min("day")))


def by_day_and_label(
    figure: str, *, days: Iterable[datetime.date]
) -> dict[tuple[datetime.date, str], int]:
    found = _of(figure, None, COUNTRY).filter(day__in=list(days))
    sums = found.values_list("day", "label").annotate(Sum("count"))
    return {(day, label): count for day, label, count in sums}


def by_week_and_label(figure: str, period: Period) -> dict[tuple[datetime.date, str], int]:
    """Sums by the Monday of the week and by label."""
    found = _of(figure, period, COUNTRY).annotate(week=_stretch(A_MONDAY, WEEK))
    sums = found.values_list("week", "label").annotate(Sum("count"))
    return {
        (A_MONDAY + datetime.timedelta(weeks=week), label): count for week, label, count in sums
    }


def by_area(figure: str, period: Period, *, areas: Iterable[str]) -> dict[str, Tally[str]]:
    """Sums by area and label, for these areas."""
    found = Counter.objects.filter(
        figure=figure, area__in=list(areas), day__range=(period.start, period.end)
    )
    sums: dict[str, Tally[str]] = {}
    for area, label, count in found.values_list("area", "label").annotate(Sum("count")):
        sums.setdefault(area, Tally())[label] += count
    return sums


def trends(
    figure: str, period: Period, *, areas: Iterable[str], points: int
) -> dict[str, list[int]]:
    """Sums by area over equal stretches of the period, at most `points`, oldest first."""
    width = -(-period.days // points)
    found = Counter.objects.filter(
        figure=figure, area__in=list(areas), day__range=(period.start, period.end)
    )
    sums: dict[str, list[int]] = {}
    for area, place, count in (
        found.annotate(stretch=_stretch(period.start, width))
        .values_list("area", "stretch")
        .annotate(Sum("count"))
    ):
        sums.setdefault(area, [0] * -(-period.days // width))[place] = count
    return sums


def quantile(bins: dict[int, int], share: float) -> float | None:
    """Seconds below which `share` of what the bins hold lies; None of nothing.

    Bins are powers of 2 ** (1 / BINS) seconds; the answer is a bin's middle.
    """
    total, seen = sum(bins.values()), 0
    for number in sorted(bins):
        seen += bins[number]
        if total and seen >= share * total:
            return 2 ** ((number + 0.5) / BINS)
    return None


def as_bins(labels: dict[str, int], prefix: str = "") -> dict[int, int]:
    """`prefix:17` and the like as bin numbers."""
    start = f"{prefix}:" if prefix else ""
    return {
        int(label.removeprefix(start)): count
        for label, count in labels.items()
        if label.startswith(start)
    }
