"""What is filled in to confirm a change of a lever. They check; offices.proposing writes."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit.guard import NotForTheLog, checked_text
from core.typing import Cleaned

SALT = "lever"
SHOWN_FOR = 600  # seconds in which the number that was shown may be typed


def for_the_log(text: str) -> None:
    try:
        checked_text(text, field="reason")
    except NotForTheLog as error:
        raise ValidationError(
            _("The reason must name no person, address or number."), code="personal"
        ) from error


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the log for ever. No names and no ID numbers, please."),
        min_length=10,
        max_length=200,
        validators=[for_the_log],
    )


class Anew(forms.HiddenInput):
    """Always gives what the page shows now, whatever came back."""

    token = ""

    def format_value(self, value: object) -> str:
        return self.token


class EffectForm(forms.Form):
    """The number of people that the page shows, typed. `about` ties the number to one change."""

    people = forms.CharField(
        label=_("Type the number of people it touches"),
        max_length=15,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    shown = forms.CharField(widget=Anew)

    def __init__(self, *args: Any, about: str, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        anew: Any = self.fields["shown"].widget
        anew.token = signing.dumps([about, people], salt=SALT)

    def clean_people(self) -> int:
        typed: str = self.cleaned_data["people"].replace(",", "").replace(" ", "")
        if not typed.isdecimal():
            raise ValidationError(_("Please type the number as it stands above."))
        return int(typed)

    def clean(self) -> Cleaned:
        super().clean()
        try:
            about, people = signing.loads(
                self.cleaned_data.get("shown", ""), salt=SALT, max_age=SHOWN_FOR
            )
        except signing.BadSignature:
            about, people = "", None
        if about != self.about:
            raise ValidationError(_("The effect is another by now. Please look again."))
        typed = self.cleaned_data.get("people")
        if typed is not None and typed != people:
            self.add_error("people", _("Please type the number as it stands above."))
        return self.cleaned_data


class AskForm(EffectForm):
    """The same with a reason, which goes into the log."""

    reason = reason_field()
    field_order = ["reason", "people", "shown"]


class ReasonForm(forms.Form):
    """A reason alone: for what takes something away from a person, for declining a change."""

    reason = reason_field()
