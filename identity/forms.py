from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.small_numbers import SmallNumbers
from core.typing import Cleaned, Json
from identity.contacts import clean_contact
from identity.numbers import clean_number
from identity.pins import NOBODYS
from identity.presentation import public_key_problem
from identity.text import tidy


class UnlockForm(forms.Form):
    """The password, or a short way: the PIN, or what the passkey answers (JSON). `proof` is signed
    by the device's key, for a PIN and where the session has run out.
    """

    UNKNOWN = NOBODYS
    pin_over = False  # the device has no PIN any more, which the page has to forget

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput, strip=False, required=False
    )
    pin = forms.CharField(label=_("Your PIN"), required=False, max_length=20)
    passkey = forms.CharField(
        label=_("Fingerprint or face"), required=False, max_length=20_000, strip=False
    )
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_pin(self) -> str:
        return tidy(self.cleaned_data["pin"])

    def clean(self) -> Cleaned:
        given = self.cleaned_data
        if not self.errors and not any(given[name] for name in ("password", "pin", "passkey")):
            field = "pin" if "pin" in self.data else "password"
            self.add_error(field, self.fields[field].error_messages["required"])
        return given


class BindForm(forms.Form):
    """The password, and the public key that the browser has made."""

    NO_KEY = _("This browser could not make a key. Please try another browser.")

    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)
    device_key = forms.JSONField(
        widget=forms.HiddenInput,
        decoder=SmallNumbers,
        error_messages={"required": NO_KEY, "invalid": NO_KEY},
    )

    def clean_device_key(self) -> Json:
        key: Json = self.cleaned_data["device_key"]
        if public_key_problem(key):
            raise ValidationError(self.NO_KEY)
        return key


class ChangePasswordForm(forms.Form):
    """The present password, and the new one twice."""

    password = forms.CharField(
        label=_("Your present password"), widget=forms.PasswordInput, strip=False
    )
    first = forms.CharField(label=_("New password"), widget=forms.PasswordInput, strip=False)
    second = forms.CharField(
        label=_("The new password again"), widget=forms.PasswordInput, strip=False
    )


class PasswordForm(forms.Form):
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)


class PinForm(forms.Form):
    """Six digits, twice."""

    first = forms.CharField(
        label=_("Six digits of your own"),
        help_text=_("No rows, no dates, no digits of your numbers, and not the PIN of your bank."),
        max_length=20,
    )
    second = forms.CharField(label=_("The six digits again"), max_length=20)

    def clean_first(self) -> str:
        return tidy(self.cleaned_data["first"])

    def clean_second(self) -> str:
        return tidy(self.cleaned_data["second"])


class EndForm(forms.Form):
    """The password, and the end of the number, typed so that nothing ends by a slip."""

    digits = forms.CharField(
        label=_("The last four digits of your national ID number"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)


class DeviceNameForm(forms.Form):
    name = forms.CharField(max_length=60)


class LostForm(forms.Form):
    number = forms.CharField(label=_("National ID number"), max_length=20)
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)

    def clean_number(self) -> str:
        return clean_number(self.cleaned_data["number"])


class HolderContactForm(forms.Form):
    """`cleaned_data["contact"]` is (channel, address); left empty it ends the messages."""

    contact = forms.CharField(
        label=_("E-mail or mobile number"),
        help_text=_("Leave it empty if messages are to come only here."),
        max_length=120,
        required=False,
    )
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)

    def clean_contact(self) -> tuple[str, str]:
        text = self.cleaned_data["contact"]
        return clean_contact(text) if text else ("", "")


class AskForm(forms.Form):
    words = forms.CharField(
        label=_("Your question"),
        help_text=_("For example: I was not at this office on that day. Why was my file opened?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CorrectionForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong, and what is right"),
        help_text=_("For example: my first name in English is Malee, not Mali."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Answer for the citizen"),
        help_text=_("Plain words. The citizen reads exactly this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
