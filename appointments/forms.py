"""What is filled in about appointments. Forms check; services write."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appointments.models import Hours
from appointments.services.opening import last_day
from core.day_field import DayField
from core.typing import Cleaned, ModelForm
from offices.lever_forms import reason_field
from offices.services import provinces


class FinderForm(forms.Form):
    """All of it may be left empty: then there is nothing to be shown yet."""

    q = forms.CharField(
        label=_("District, or name of the office"),
        help_text=_("In Thai or English, also a part of it: Pak Kret, บางรัก"),
        required=False,
        max_length=80,
    )
    province = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for whoever checks types
        field.choices = [("", _("All provinces")), *provinces()]


class TimeForm(forms.Form):
    """A free time. `moving` is the open appointment the page spoke of: it may be another by now."""

    time = forms.CharField(
        label=_("Time"),
        max_length=40,
        error_messages={"required": _("Please choose a time.")},
    )
    moving = forms.CharField(required=False, max_length=40)

    def clean_time(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self.cleaned_data["time"])
        except ValueError as error:
            raise ValidationError(_("Please choose a time."), code="invalid") from error
        if timezone.is_naive(moment):
            raise ValidationError(_("Please choose a time."), code="invalid")
        return moment


class CodeForm(forms.Form):
    reference = forms.CharField(label=_("Reference of the appointment"), max_length=40)
    code = forms.CharField(
        label=_("Code, six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ScannedForm(forms.Form):
    code = forms.CharField(
        label=_("Code or reference of the appointment"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class HoursForm(ModelForm):
    reason = reason_field()

    class Meta:
        model = Hours
        fields = ["weekday", "begins", "ends", "minutes", "counters"]
        widgets = {
            "begins": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def clean(self) -> Cleaned:
        super().clean()
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and begins >= ends:
            self.add_error("ends", _("The end is before the beginning."))
        return self.cleaned_data


class ClosedDayForm(forms.Form):
    """`expected` is the number of appointments that the page has shown for that day."""

    day = DayField(label=_("Day"), earliest=timezone.localdate, latest=last_day)
    reason = reason_field()
    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class OpenDayForm(forms.Form):
    reason = reason_field()
