"""How old somebody is, as the law counts. Pure."""

import datetime


def counts_from(birth_date: str) -> datetime.date:
    """The day that an age counts from: where only the year of birth is known its first of January,
    where the month is known the first of it (Civil and Commercial Code, section 16).

    `birth_date` is `1952`, `1952-03` or `1952-03-09`; raises ValueError where there is no such day.
    """
    return datetime.date.fromisoformat((birth_date + "-01-01")[:10])


def age_on(day: datetime.date, *, birth_date: str) -> int:
    """Whole years by the calendar; a birthday on 29 February comes on 1 March."""
    born = counts_from(birth_date)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
