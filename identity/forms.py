from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.typing import Json
from identity.contacts import clean_contact
from identity.numbers import clean_number
from identity.presentation import public_key_problem


class UnlockForm(forms.Form):
    """The password; `proof` is signed by the device's key where the session has run out."""

    UNKNOWN = _("This browser does not hold a digital ID that can be opened.")

    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class BindForm(forms.Form):
    """The password, and the public key that the browser has made."""

    NO_KEY = _("This browser could not make a key. Please try another browser.")

    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)
    device_key = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": NO_KEY, "invalid": NO_KEY}
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


class CopyForm(forms.Form):
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)


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
