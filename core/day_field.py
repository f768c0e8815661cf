"""A day to be filled in as people here write it: in Thai with a year of the Buddhist Era.

Addresses and programs write ISO days, whose years are of the Common Era in every language.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.templatetags.thai import BUDDHIST_OFFSET, people_date

WRITTEN = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
BUDDHIST_YEARS = 2400  # no day that is asked for here lies in the Common Era's 24th century
FIRST_DAY = datetime.date(2020, 10, 1)  # the pilot's beginning: nothing here is older
Bound = Callable[[], datetime.date]


def written_day(day: datetime.date) -> str:
    """As it is typed: 28/11/2569 in Thai, 28/11/2026 in English."""
    offset = BUDDHIST_OFFSET if get_language() == "th" else 0
    return f"{day.day}/{day.month}/{day.year + offset}"


def read_day(text: str) -> datetime.date:
    """A day as people type it, in either era and in digits of either script, or as ISO has it.

    Raises ValueError for what is no day.
    """
    text = text.strip()
    if ISO.fullmatch(text):
        return datetime.date.fromisoformat(text)
    found = WRITTEN.fullmatch(text)
    if not found:
        raise ValueError("neither 28/11/2569 nor 2026-11-28")
    day, month, year = map(int, found.groups())
    return datetime.date(year - BUDDHIST_OFFSET * (year >= BUDDHIST_YEARS), month, day)


def _example() -> str:
    return _("Day, month and year: %(day)s") % {"day": written_day(timezone.localdate())}


class DayField(forms.DateField):
    """Shows and reads days as people write them. `earliest` and `latest` are part of what may be
    asked for; a day outside is told.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("This is no day. Please write day, month and year."),
        "outside": gettext_lazy("Please choose a day from %(first)s to %(last)s."),
    }

    def __init__(
        self,
        *,
        earliest: Bound = lambda: FIRST_DAY,
        latest: Bound = timezone.localdate,
        **options: Any,
    ) -> None:
        super().__init__(**{"help_text": lazy(_example, str)()} | options)
        self.earliest, self.latest = earliest, latest

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "size": 12}

    def to_python(self, value: Any) -> datetime.date | None:
        if not value or isinstance(value, datetime.date):
            return value or None
        try:
            return read_day(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        first, last = self.earliest(), self.latest()
        if value and not first <= value <= last:
            told = {"first": people_date(first), "last": people_date(last)}
            raise ValidationError(self.error_messages["outside"], code="outside", params=told)

    def prepare_value(self, value: Any) -> Any:
        """An ISO day of an address is shown as people write it; what is no day stays as it is."""
        try:
            return written_day(read_day(value) if isinstance(value, str) else value)
        except (ValueError, AttributeError):
            return value


def refuse_reversed(form: forms.BaseForm, first: str, last: str) -> None:
    """Tell at the field `last` that its day is before that of the field `first`."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, _("The last day is before the first."))
