"""What an agent of 1548 types. The forms check; registration.services.help_line writes."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from identity.numbers import clean_number
from identity.text import tidy
from registration.services.help_codes import DIGITS
from registration.services.help_line import REASONS, MadeSure

CHOOSE = _("Please choose")
PLAIN = {"autocomplete": "off", "inputmode": "numeric"}


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("National ID number"),
        help_text=_("All thirteen digits, as the caller says them."),
        error_messages={"required": _("Please type the thirteen digits.")},
        max_length=25,
        widget=forms.TextInput(attrs=PLAIN),
    )

    def clean_number(self) -> str:
        return clean_number(self.cleaned_data["number"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the call"),
        help_text=_("The six digits on the caller's screen."),
        error_messages={"required": _("The code has six digits.")},
        max_length=12,
        widget=forms.TextInput(attrs=PLAIN),
    )

    def clean_code(self) -> str:
        code = _digits(self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
            raise ValidationError(_("The code has six digits."))
        return code


class SuspendForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What the caller says"),
        choices=[("", CHOOSE), *((one.value, one.label) for one in REASONS)],
        error_messages={"required": CHOOSE},
    )
    made_sure = forms.ChoiceField(
        label=_("How you made sure who is calling"),
        choices=[("", CHOOSE), *MadeSure.choices],
        error_messages={"required": CHOOSE},
    )
    last_four = forms.CharField(
        label=_("The last four digits, as the caller says them once more"),
        error_messages={"required": _("Please type the four digits.")},
        max_length=8,
        widget=forms.TextInput(attrs=PLAIN),
    )

    def clean_last_four(self) -> str:
        return _digits(self.cleaned_data["last_four"])


def _digits(typed: str) -> str:
    """As it was meant: Thai digits, blanks and hyphens are welcome."""
    return re.sub(r"[\s-]", "", tidy(typed))
