"""What is tried on the page of the plan; its state is the address."""

import datetime
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from core.form_choices import offer
from core.templatetags.thai import people_date
from rollout.forecast import Pace

PEOPLE, SIGNUPS = 100_000, 100  # what pace is told for: so many without one, so many sign-ups
MONTHS = 24
LAST_MONTH = 12
# By the first digit of a province's code, as the department numbers them.
REGIONS = {
    "central": (_("Central region and Bangkok"), "1"),
    "east": (_("East"), "2"),
    "northeast": (_("North-east (Isan)"), "34"),
    "north": (_("North"), "56"),
    "west": (_("West"), "7"),
    "south": (_("South"), "89"),
}


class PlanForm(forms.Form):
    """What is left empty stays as it is."""

    region = forms.ChoiceField(label=_("Open a region"), required=False)
    month = forms.ChoiceField(label=_("Month it opens"), required=False)
    officers = forms.IntegerField(
        label=_("Officers who decide"), min_value=0, max_value=100_000, required=False
    )
    decisions = forms.FloatField(
        label=_("Decisions of an officer a working day"),
        min_value=0,
        max_value=2000,
        required=False,
    )
    signups = forms.FloatField(
        label=_("Sign-ups a day of 100,000 who have none"),
        min_value=0,
        max_value=PEOPLE,
        required=False,
    )
    cases = forms.FloatField(
        label=_("Cases for officers of 100 sign-ups"), min_value=0, max_value=1000, required=False
    )

    def __init__(self, *args: Any, pace: Pace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pace = pace
        names = [(code, name) for code, (name, _digits) in REGIONS.items()]
        offer(self, "region", [("", _("As planned")), *names])
        offer(self, "month", [("", "-"), *((day, people_date(day[:7])) for day in _coming())])
        as_it_is = {
            "officers": f"{pace.officers}",
            "decisions": f"{pace.decisions:.1f}",
            "signups": f"{pace.signups * PEOPLE:.1f}",
            "cases": f"{pace.cases * SIGNUPS:.1f}",
        }
        for name, told in as_it_is.items():
            self.fields[name].help_text = __("As it is: %(number)s") % {"number": told}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("region")) != bool(data.get("month")):
            missing = "month" if data.get("region") else "region"
            self.add_error(missing, __("Choose both a region and a month."))
        return data

    def opened(self) -> tuple[str, datetime.date] | None:
        """First digits of the provinces to open, and the day."""
        data = self.cleaned_data
        if not data["region"]:
            return None
        return REGIONS[data["region"]][1], datetime.date.fromisoformat(data["month"])

    def tried(self) -> Pace:
        """The pace with what was entered in place of what was measured."""
        entered = {name: self.cleaned_data[name] for name in ("officers", "decisions")}
        for name, each in (("signups", PEOPLE), ("cases", SIGNUPS)):
            number = self.cleaned_data[name]
            entered[name] = None if number is None else number / each
        return replace(
            self.pace, **{name: number for name, number in entered.items() if number is not None}
        )


def _coming() -> list[str]:
    """The first days of the coming months, as ISO 8601."""
    today = timezone.localdate()
    months = [today.year * LAST_MONTH + today.month + number for number in range(MONTHS)]
    return [f"{month // LAST_MONTH}-{month % LAST_MONTH + 1:02}-01" for month in months]
