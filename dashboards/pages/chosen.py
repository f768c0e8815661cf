"""The tiles that speak of the chosen days, whatever today brings."""

from dataclasses import dataclass

from dashboards.comparing import change
from dashboards.periods import Period
from dashboards.sums import Days


@dataclass(frozen=True)
class Chosen:
    """Sign-ups of the period and of as many days right before it."""

    period: Period
    sign_ups: int
    before: int

    @property
    def a_day(self) -> float:
        return self.sign_ups / self.period.days

    @property
    def change(self) -> float | None:
        """Percent; None while the period is not over, and where nothing was before."""
        return change(self.sign_ups, self.before) if self.period.is_over else None


def chosen(period: Period, days: Days) -> Chosen:
    """`days`: sign-ups by day, of all time."""
    now, before = (sum(days.get(day, 0) for day in one.all_days) for one in (period, period.before))
    return Chosen(period, now, before)
