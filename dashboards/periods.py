"""The days a page is about: read from its address, so that a link keeps them."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.day_field import FIRST_DAY, DayField, refuse_reversed
from core.typing import Cleaned

LENGTHS = {"7": 7, "30": 30, "90": 90, "400": 400}
USUAL = "30"
CHOICES = [
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("400", _("Last 400 days")),
    ("all", _("Since the pilot")),
    ("own", _("From – to")),
]
DAYS = ("from", "to")


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
    def is_over(self) -> bool:
        return self.end < timezone.localdate()

    @property
    def query(self) -> str:
        """What keeps this choice in a link."""
        chosen = {"period": self.length}
        if self.length == "own":
            chosen |= {"from": self.start.isoformat(), "to": self.end.isoformat()}
        if self.compares:
            chosen["compare"] = "1"
        return urlencode(chosen)


class PeriodForm(forms.Form):
    """A length, or own days; with two days and no length they are own days."""

    period = forms.ChoiceField(label=_("Days"), choices=CHOICES, required=False)
    compare = forms.BooleanField(label=_("Compare with the period before"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s"} | kwargs)
        for name, label in zip(DAYS, (_("From"), _("To")), strict=True):  # `from` is Python's
            self.fields[name] = DayField(label=label, required=False, help_text="")
        self.order_fields(("period", *DAYS, "compare"))

    def clean(self) -> Cleaned:
        super().clean()
        refuse_reversed(self, *DAYS)
        if self.length == "own":
            for name in DAYS:
                if name in self.cleaned_data and not self.cleaned_data[name]:
                    self.add_error(name, ValidationError(_("Please say a day."), code="required"))
        return self.cleaned_data

    @property
    def length(self) -> str:
        """What was chosen; the usual days where nothing was."""
        chosen = self.cleaned_data.get("period")
        has_days = any(self.cleaned_data.get(name) for name in DAYS)
        return str(chosen) if chosen else "own" if has_days else USUAL


class WrongDays(Exception):
    """What an address asks for makes no sense; `form` says why."""

    def __init__(self, form: PeriodForm) -> None:
        super().__init__("the days make no sense")
        self.form = form


def period_of(query: QueryDict) -> Period:
    """The period a query asks for, the usual 30 days where it asks for none; raises WrongDays."""
    form = PeriodForm(query)
    if not form.is_valid():
        raise WrongDays(form)
    asked, today = form.cleaned_data, timezone.localdate()
    if form.length == "own":
        return Period(asked["from"], asked["to"], "own", asked["compare"])
    if form.length == "all":
        return Period(FIRST_DAY, today, "all", compares=False)
    first = today - datetime.timedelta(days=LENGTHS[form.length] - 1)
    return Period(first, today, form.length, asked["compare"])


def form_of(period: Period) -> PeriodForm:
    """The form as it would ask for this period."""
    chosen = {"period": period.length, "compare": period.compares}
    return PeriodForm(initial=chosen | {"from": period.start, "to": period.end})
