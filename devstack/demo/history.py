"""The history of a rollout like the real one, as sums: nobody in it exists.

24,925 in the pilot, 28,000 on 20 to 23 January 2023, then 7,000 a day. Offices have their days for
the last 120, months before.
"""

import datetime
from collections.abc import Iterator

import numpy as np
from django.utils import timezone

from core.day_field import FIRST_DAY
from offices.models import Office

PILOT, NATIONAL = 24_925, datetime.date(2023, 1, 20)
FIRST_DAYS = (4_200, 5_900, 7_400, 10_500)
A_DAY = 7_000
BY_WEEKDAY = (1.08, 1.06, 1.04, 1.03, 1.05, 0.88, 0.86)
OFFICE_DAYS = 120
ELIGIBLE = 60_000_000
# What comes in each hour of the day, in 1,000.
HOURS = (9, 5, 3, 2, 2, 6, 15, 32, 55, 72, 78, 76, 70, 68, 66, 62, 58, 55, 56, 58, 56, 46, 32, 18)
Cell = tuple[str, str, datetime.date, str, int]


class History:
    """Sums from `since` up to `until`. Each day is drawn by itself and is the same every time, so
    that a history grows by its new days alone.
    """

    def __init__(
        self, until: datetime.datetime, *, since: datetime.date = FIRST_DAY, seed: int = 2566
    ) -> None:
        self.until = timezone.localtime(until)
        self.since = since
        self.seed = seed
        random = np.random.default_rng(seed)
        self.offices = list(Office.objects.values_list("code", flat=True))
        weights = random.lognormal(0, 0.6, len(self.offices))
        weights *= np.where(np.char.startswith(np.array(self.offices), "10"), 1.8, 1.0)
        self.weights = weights / weights.sum()
        leaning = self.weights * random.lognormal(0, 0.25, len(self.offices))
        self.shares = leaning / leaning.sum()

    def random(self, day: datetime.date, *, of: str) -> np.random.Generator:
        """What chance brings to one kind of figures on one day."""
        return np.random.default_rng([self.seed, day.toordinal(), *of.encode()])

    def eligible(self) -> Iterator[tuple[str, int]]:
        for office, weight in zip(self.offices, self.weights, strict=True):
            yield office, round(ELIGIBLE * weight)

    def days(self) -> Iterator[tuple[datetime.date, int]]:
        """How many signed up on each day; today's as far as the day has gone."""
        today = self.until.date()
        yield from ((day, count) for day, count in self._first_days() if day >= self.since)
        day = max(self.since, NATIONAL + datetime.timedelta(days=len(FIRST_DAYS)))
        while day <= today:
            count = (
                A_DAY * BY_WEEKDAY[day.weekday()] * self.random(day, of="day").uniform(0.97, 1.03)
            )
            gone = self._hours_gone().sum() / sum(HOURS) if day == today else 1
            yield day, round(count * gone)
            day += datetime.timedelta(days=1)

    def _first_days(self) -> Iterator[tuple[datetime.date, int]]:
        """Weeks of the pilot that grow, with exactly PILOT in them; then the rush."""
        length = (NATIONAL - FIRST_DAY).days
        growing = np.linspace(0.6, 1.6, length)
        counts = self.random(FIRST_DAY, of="pilot").multinomial(PILOT, growing / growing.sum())
        for number, count in enumerate(counts):
            yield FIRST_DAY + datetime.timedelta(days=number), int(count)
        for number, count in enumerate(FIRST_DAYS):
            yield NATIONAL + datetime.timedelta(days=number), count

    def _hours_gone(self) -> np.ndarray:
        """What today's hours have brought: the running one in part, later ones nothing."""
        shares = np.array(HOURS, dtype=float)
        shares[self.until.hour] *= self.until.minute / 60
        shares[self.until.hour + 1 :] = 0
        return shares

    def sign_ups(self) -> Iterator[Cell]:
        """Sign-ups of country, provinces and offices, and of each hour of the last fortnight."""
        months: dict[datetime.date, np.ndarray] = {}
        today = self.until.date()
        for day, count in self.days():
            random = self.random(day, of="sign-ups")
            yield from self._channels(random, day, count)
            by_office = random.multinomial(count, self.shares)
            yield from self._provinces(day, by_office)
            if (today - day).days < OFFICE_DAYS:
                yield from self._offices(day, by_office)
            else:
                first = day.replace(day=1)
                months[first] = months.get(first, 0) + by_office
            if (today - day).days <= 14:  # noqa: PLR2004 - a fortnight
                yield from self._hours(random, day, count)
        for first, by_office in months.items():
            yield from self._offices(first, by_office)

    def _channels(
        self, random: np.random.Generator, day: datetime.date, count: int
    ) -> Iterator[Cell]:
        shares = (1, 0, 0) if day < NATIONAL else (0.05, 0.41, 0.54)
        counts = random.multinomial(count, shares)
        for label, part in zip(("office", "self", "app"), counts, strict=True):
            yield "signups", "", day, label, int(part)

    def _provinces(self, day: datetime.date, by_office: np.ndarray) -> Iterator[Cell]:
        sums: dict[str, int] = {}
        for office, count in zip(self.offices, by_office, strict=True):
            sums[office[:2]] = sums.get(office[:2], 0) + int(count)
        for province, count in sums.items():
            yield "signups", province, day, "", count

    def _offices(self, day: datetime.date, by_office: np.ndarray) -> Iterator[Cell]:
        for office, count in zip(self.offices, by_office, strict=True):
            yield "signups", office, day, "", int(count)

    def _hours(self, random: np.random.Generator, day: datetime.date, count: int) -> Iterator[Cell]:
        shares = self._hours_gone() if day == self.until.date() else np.array(HOURS, dtype=float)
        if shares.sum():
            counts = random.multinomial(count, shares / shares.sum())
            for hour, part in enumerate(counts):
                yield "hours", "", day, f"{hour:02}", int(part)
