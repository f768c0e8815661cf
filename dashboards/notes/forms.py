"""What a note is filled in with. It checks; dashboards.notes.services writes."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.day_field import DayField, refuse_reversed
from core.typing import Cleaned
from dashboards.models import NoteKind
from dashboards.notes.services import Draft
from offices.lever_forms import for_the_log

HINT = _("What a reader has to know, for example an outage with its hours. No names.")


def _a_year_on() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=366)


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices)
    first_day = DayField(label=_("First day"), latest=_a_year_on)
    last_day = DayField(
        label=_("Last day"),
        latest=_a_year_on,
        required=False,
        help_text=_("Empty where it is one day."),
    )
    text_th = forms.CharField(
        label=_("Text in Thai"), help_text=HINT, max_length=60, validators=[for_the_log]
    )
    text_en = forms.CharField(label=_("Text in English"), max_length=60, validators=[for_the_log])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_th", "text_en"):
            self.fields[name].widget.attrs["lang"] = name[-2:]

    def clean(self) -> Cleaned:
        super().clean()
        refuse_reversed(self, "first_day", "last_day")
        return self.cleaned_data

    @property
    def draft(self) -> Draft:
        found = self.cleaned_data
        return Draft(
            kind=found["kind"],
            first_day=found["first_day"],
            last_day=found["last_day"] or found["first_day"],
            text_th=found["text_th"],
            text_en=found["text_en"],
        )
