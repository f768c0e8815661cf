"""What is tried on the page of the plan; its state is the address."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from core.alphabet import in_alphabet
from core.form_choices import offer
from core.templatetags.thai import people_date
from dashboards.places import Place
from rollout.forecast import Pace
from rollout.models import Phase

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

    region = forms.MultipleChoiceField(
        label=_("Open regions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    province = forms.MultipleChoiceField(
        label=_("Open single provinces"), required=False, widget=forms.CheckboxSelectMultiple
    )
    month = forms.ChoiceField(label=_("Month they open"), required=False)
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

    def __init__(self, *args: Any, pace: Pace, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pace, self.places = pace, places
        offer(self, "region", [(code, name) for code, (name, _digits) in REGIONS.items()])
        offer(self, "province", _in_alphabet(places))
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
        chosen = bool(data.get("region") or data.get("province"))
        if not self.errors and chosen != bool(data.get("month")):
            missing = "month" if chosen else "region"
            self.add_error(missing, __("Choose regions or provinces, and the month they open."))
        return data

    def opened(self) -> tuple[set[str], datetime.date] | None:
        """Codes of the provinces to open, and the day."""
        data = self.cleaned_data
        if not data["month"]:
            return None
        digits = "".join(REGIONS[region][1] for region in data["region"])
        of_regions = {one.code for one in self.places if one.code[0] in digits}
        return of_regions | {*data["province"]}, datetime.date.fromisoformat(data["month"])

    def tried(self) -> Pace:
        """The pace with what was entered in place of what was measured."""
        entered = {name: self.cleaned_data[name] for name in ("officers", "decisions")}
        for name, each in (("signups", PEOPLE), ("cases", SIGNUPS)):
            number = self.cleaned_data[name]
            entered[name] = None if number is None else number / each
        return replace(
            self.pace, **{name: number for name, number in entered.items() if number is not None}
        )


class WaveForm(forms.Form):
    """Which phase is to open what was tried. One that opens all provinces is none of these."""

    phase = forms.ChoiceField(label=_("As which phase"), required=False)

    def __init__(self, *args: Any, waves: Sequence[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waves = {one.pk: one for one in waves if one.provinces}
        names = [(pk, f"{one}, {people_date(one.starts_on)}") for pk, one in self.waves.items()]
        offer(self, "phase", [("", _("A new one")), *names])

    def chosen(self) -> Phase | None:
        return self.waves.get(self.cleaned_data["phase"])


def _in_alphabet(places: Sequence[Place]) -> list[tuple[str, str]]:
    named = [(one.code, one.name) for one in places]
    return sorted(named, key=lambda one: in_alphabet(one[1]))


def _coming() -> list[str]:
    """The first days of the coming months, as ISO 8601."""
    today = timezone.localdate()
    months = [today.year * LAST_MONTH + today.month + number for number in range(MONTHS)]
    return [f"{month // LAST_MONTH}-{month % LAST_MONTH + 1:02}-01" for month in months]
