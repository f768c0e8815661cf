"""The days a page is about: read from its address, so that a link keeps them."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

LENGTHS = {"7": 7, "30": 30, "90": 90, "400": 400}
USUAL = "30"
FIRST_DAY = datetime.date(2020, 10, 1)


@dataclass(frozen=True)
class Period:
    """`start` and `end` are both part of it. `length` names the choice; "own" for own dates."""

    start: datetime.date
    end: datetime.date
    length: str
    compares: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @cached_property
    def all_days(self) -> list[datetime.date]:
        return [self.start + datetime.timedelta(days=number) for number in range(self.days)]

    @property
    def before(self) -> "Period":
        """As many days, right before."""
        end = self.start - datetime.timedelta(days=1)
        return Period(end - datetime.timedelta(days=self.days - 1), end, "own")

    @property
    def query(self) -> str:
        """What keeps this choice in a link."""
        chosen = {"period": self.length}
        if self.length == "own":
            chosen |= {"from": self.start.isoformat(), "to": self.end.isoformat()}
        if self.compares:
            chosen["compare"] = "1"
        return urlencode(chosen)


def period_of(query: QueryDict) -> Period:
    """The period a query asks for; what makes no sense is replaced by the usual 30 days."""
    today = timezone.localdate()
    compares = query.get("compare") == "1"
    length = query.get("period", USUAL)
    start, end = _day(query.get("from")), _day(query.get("to"))
    if length == "own" and start and end and FIRST_DAY <= start <= end <= today:
        return Period(start, end, "own", compares)
    if length == "all":
        return Period(FIRST_DAY, today, "all", compares=False)
    length = length if length in LENGTHS else USUAL
    first = today - datetime.timedelta(days=LENGTHS[length] - 1)
    return Period(first, today, length, compares)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
