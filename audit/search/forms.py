"""What the pages of the search may be asked for. Each value is one of a list, an identifier or a
day: nothing that is typed here reaches an address or the log.
"""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models.searches import About
from audit.narrowing import DetailField, fit_action
from audit.search.query import Search
from audit.search.subjects import FEWEST_LETTERS, Subject, subject_of
from core.day_field import DayField, refuse_reversed
from core.typing import Cleaned


class LookUpForm(forms.Form):
    about = forms.ChoiceField(label=_("What is it about?"), choices=About.choices)
    text = forms.CharField(
        label=_("What do you know of it?"),
        min_length=FEWEST_LETTERS,
        max_length=120,
        help_text=_(
            "A name, an e-mail address, the code of an office, or the whole reference of a case. "
            "It is not kept."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    """`about` and `subject` come from a link of the page; typed by hand they have to identify."""

    about = forms.ChoiceField(choices=About.choices, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=64, widget=forms.HiddenInput)
    action = forms.ChoiceField(
        label=_("Action"), choices=[("", _("All actions")), *Action.choices], required=False
    )
    detail = DetailField()
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    found: Subject

    def clean(self) -> Cleaned:
        super().clean()
        cleaned = self.cleaned_data
        if "about" in cleaned and "subject" in cleaned:
            found = subject_of(About(cleaned["about"]), cleaned["subject"])
            if found is None:
                raise ValidationError(
                    _("Please look it up again: nothing here has this identifier.")
                )
            self.found = found
        fit_action(self)
        if not {"since", "until"} & self.errors.keys():
            self._complete_days()
        return cleaned

    def _complete_days(self) -> None:
        """Days that nobody chose: up to today, from so many days before the last."""
        cleaned = self.cleaned_data
        until = cleaned["until"] = cleaned.get("until") or timezone.localdate()
        usual = datetime.timedelta(days=settings.AUDIT_SEARCH["days"] - 1)
        since = cleaned["since"] = cleaned.get("since") or until - usual
        refuse_reversed(self, "since", "until")
        if (until - since).days >= settings.AUDIT_SEARCH["longest"]:
            self.add_error("until", _("A search reaches over at most one year."))

    def search(self) -> Search:
        cleaned = self.cleaned_data
        days = cleaned["since"], cleaned["until"]
        return Search(self.found, *days, cleaned["action"], cleaned["detail"])
