"""Dates and numbers as people here read them: Buddhist years in Thai, Common Era in English."""

import datetime
import re
from itertools import pairwise

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()

BUDDHIST_OFFSET = 543
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?", re.ASCII)
MONTHS = {
    "th": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


@register.filter
def people_date(value: datetime.date | str | None) -> str:
    """A date, or an ISO text that may lack day and month, in the reader's calendar; a text that is
    none as it is.
    """
    if not value:
        return "-"
    if isinstance(value, str):
        if not DATE.fullmatch(value):
            return value
        parts = [int(part) for part in value.split("-")]
    else:
        day = timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value
        parts = [day.year, day.month, day.day]
    language = "th" if get_language() == "th" else "en"
    year = parts[0] + (BUDDHIST_OFFSET if language == "th" else 0)
    months = [MONTHS[language][month - 1] for month in parts[1:2]]
    return " ".join(str(part) for part in [*parts[2:], *months, year])


@register.filter
def people_time(value: datetime.datetime | None) -> str:
    """Date and time of day in Bangkok."""
    if not value:
        return "-"
    return f"{people_date(value)} {timezone.localtime(value):%H:%M}"


@register.filter
def people_weekday(value: datetime.datetime) -> str:
    """The day of the week, the date and the time of day in Bangkok."""
    weekday = date_format(timezone.localtime(value), "l")
    begins = f"วัน{weekday}ที่" if get_language() == "th" else weekday
    return f"{begins} {people_time(value)}"


@register.filter
def spaced_number(number: str) -> str:
    """A national ID number as the card prints it: d dddd ddddd dd d."""
    cuts = (0, 1, 5, 10, 12, 13)
    return " ".join(number[a:b] for a, b in pairwise(cuts))
