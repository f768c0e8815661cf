"""Sign-ups by province and office, beside the number who could sign up."""

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dashboards.periods import Period
from dashboards.places import Place, eligible_by, offices_of, provinces
from dashboards.privacy import Hidden, guarded, guarded_line, is_inside
from dashboards.sums import by_area, by_day, trends
from dashboards.tables import Column, Kind, Row, Table, Value, as_number
from offices.models import Officer

SORTS = ("area", "sign_ups", "before", "per_1000", "eligible")
TREND_POINTS = 30


def where_tables(
    period: Period, officer: Officer, province: str = "", sort: str = ""
) -> list[Table]:
    """The provinces, or the offices of one province."""
    places = offices_of(province) if province else provinces()
    codes = [place.code for place in places]
    lines = trends("signups", period, areas=codes, points=TREND_POINTS)
    counts = told({code: sum(line) for code, line in lines.items()}, places, officer)
    before = told(_totals(period.before, codes), places, officer) if period.compares else None
    eligible = told(eligible_by(4 if province else 2), places, officer)
    columns = _columns(bool(province), compares=period.compares)
    key = sort if sort in SORTS and sort in {column.key for column in columns} else SORTS[1]
    rows = []
    for place in places:
        count, people = counts[place.code], eligible[place.code]
        hidden = isinstance(count, Hidden)
        values: list[Value] = [
            place.name,
            count,
            *([before[place.code]] if before is not None else []),
            people or None,
            1000 * count / people if people and not hidden else None,
            None if hidden else _line(finished(lines.get(place.code), period), place, officer),
        ]
        rows.append(Row(values, href="" if province else f"?province={place.code}&{period.query}"))
    return [
        Table(
            key="offices" if province else "provinces",
            title=_("Sign-ups by office") if province else _("Sign-ups by province"),
            unit=_("digital IDs issued"),
            definition="where",
            columns=columns,
            rows=_sorted(rows, columns, key),
            sorted_by=key,
            summed=("sign_ups", "before", "eligible"),
            note=f"{note_on_hidden(rows)} {_without_office(period, province, counts)}".strip(),
        )
    ]


def _totals(period: Period, codes: list[str]) -> dict[str, int]:
    return {
        code: sum(labels.values())
        for code, labels in by_area("signups", period, areas=codes).items()
    }


def told(counts: dict[str, int], places: list[Place], officer: Officer) -> dict[str, int]:
    """The count of each place, with an office's small numbers hidden from those outside it."""
    offices = {place.office: counts.get(place.code, 0) for place in places if place.office}
    if offices:
        shown = guarded(offices, officer=officer)
        return {office.pk: count for office, count in shown.items()}
    return {place.code: counts.get(place.code, 0) for place in places}


def finished(line: list[int] | None, period: Period) -> list[int] | None:
    """Without the last stretch while it still grows: a trend must not end in a plunge."""
    grows = period.end >= timezone.localdate()
    return line[:-1] if line and grows and len(line) > 2 else line  # noqa: PLR2004 - two ends


def _line(line: list[int] | None, place: Place, officer: Officer) -> list[int] | None:
    if line is None or place.office is None or is_inside(officer, place.office):
        return line
    return guarded_line(line)


def note_on_hidden(rows: list[Row]) -> str:
    if not any(isinstance(value, Hidden) for row in rows for value in row.values):
        return ""
    return _("“Not shown” stands for numbers under 5, and for those they would follow from.")


def _without_office(period: Period, province: str, counts: dict[str, int]) -> str:
    """Why the rows make less than the country's figure, where they do."""
    in_all = 0 if province else sum(by_day("signups", period).values())
    missing = in_all - sum(counts.values())
    if missing <= 0:
        return ""
    return _(
        "%(missing)s of the %(in_all)s sign-ups of these days name no office: no row has them."
    ) % {
        "missing": number_format(missing, force_grouping=True),
        "in_all": number_format(in_all, force_grouping=True),
    }


def _columns(of_offices: bool, *, compares: bool) -> list[Column]:  # noqa: FBT001 - two names for one place
    return [
        Column("area", _("Registration office") if of_offices else _("Province"), Kind.WORDS),
        Column("sign_ups", _("Sign-ups")),
        *([Column("before", _("Period before"))] if compares else []),
        Column("eligible", _("Could sign up")),
        Column("per_1000", _("Per 1,000"), Kind.RATE),
        Column("trend", _("Trend"), Kind.TREND),
    ]


def _sorted(rows: list[Row], columns: list[Column], key: str) -> list[Row]:
    place = [column.key for column in columns].index(key)
    if not place:
        return sorted(rows, key=lambda row: str(row.values[0]))
    return sorted(rows, key=lambda row: (-as_number(row.values[place]), str(row.values[0])))
