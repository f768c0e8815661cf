"""The citizen's and the officer's forms. They check; services write."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.small_numbers import SmallNumbers
from core.typing import Cleaned
from identity.contacts import clean_contact
from identity.numbers import clean_number
from registration.claims import shadowed_signs
from registration.services.appeals import LONGEST, SAID_NOTHING
from registration.upload_fields import FilesField, PhotoField
from verification.capture import of_browser


class TermsForm(forms.Form):
    accept = forms.BooleanField(
        label=_("I have read the terms and accept them"),
        error_messages={"required": _("Please accept the terms to go on.")},
    )
    version = forms.CharField(widget=forms.HiddenInput)


class CardSideForm(forms.Form):
    picture = PhotoField(
        label=_("Photo of the card"),
        error_messages={"required": _("Please choose or take a photo of the card.")},
    )


class SelfieForm(forms.Form):
    selfie = PhotoField(
        label=_("Selfie"),
        error_messages={"required": _("Please choose or take a photo of your face.")},
    )
    frames = FilesField(required=False)
    frame_times = forms.JSONField(required=False, decoder=SmallNumbers)
    challenge = forms.UUIDField(required=False)
    camera = forms.CharField(required=False, max_length=200)  # what the browser calls it
    device_key = forms.JSONField(required=False, widget=forms.HiddenInput, decoder=SmallNumbers)

    def clean_frame_times(self) -> list[int]:
        times = self.cleaned_data["frame_times"] or []
        if not isinstance(times, list) or {*map(type, times)} - {int}:
            raise ValidationError(_("The pictures did not arrive whole. Please try again."))
        return times

    def handed_in(self) -> Cleaned:
        """What was sent, as the services take it. A browser can only say that it was its camera."""
        data = self.cleaned_data
        frames = [frame.read() for frame in data["frames"]]
        capture = of_browser(
            from_camera=bool(frames and data["challenge"]),
            label=data["camera"],
            times=data["frame_times"],
            known=settings.KNOWN_VIRTUAL_CAMERAS,
            shadowed=shadowed_signs(),
        )
        return {
            "selfie": data["selfie"].read(),
            "frames": frames,
            "frame_times": data["frame_times"],
            "challenge_id": data["challenge"],
            "device_key": data["device_key"],
            "capture": capture,
        }


class ContactForm(forms.Form):
    """Where the citizen wants to hear; `cleaned_data["contact"]` is (channel, address)."""

    contact = forms.CharField(
        label=_("E-mail or mobile number"),
        help_text=_("We tell you there when something is decided, and use it for nothing else."),
        max_length=120,
        required=False,
    )

    def clean_contact(self) -> tuple[str, str]:
        text = self.cleaned_data["contact"]
        return clean_contact(text) if text else ("", "")


class PasswordForm(forms.Form):
    first = forms.CharField(label=_("Password"), widget=forms.PasswordInput, strip=False)
    second = forms.CharField(
        label=_("The same password again"), widget=forms.PasswordInput, strip=False
    )


class ProvenPasswordForm(PasswordForm):
    """With the proof of the device that took the verified selfie."""

    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class ConsentForm(forms.Form):
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)


class ProvenConsentForm(ConsentForm):
    """With the proof of the device that took the verified selfie."""

    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """What proves the former holder, if there is something: a device's proof, or number and
    password together.
    """

    number = forms.CharField(label=_("National ID number"), max_length=20, required=False)
    password = forms.CharField(
        label=_("Password of the present digital ID"),
        widget=forms.PasswordInput,
        strip=False,
        required=False,
    )
    proof = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        return clean_number(number) if number else ""

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        if not self.errors and bool(data["number"]) != bool(data["password"]):
            missing = "password" if data["number"] else "number"
            self.add_error(missing, _("Please enter both, or neither."))
        return data


class ResumeForm(forms.Form):
    reference = forms.CharField(label=_("Reference number"), max_length=40)
    number = forms.CharField(label=_("National ID number"), max_length=20)

    def clean_number(self) -> str:
        return clean_number(self.cleaned_data["number"])


class AppealForm(forms.Form):
    """Why the rejection is wrong; `with_code` asks for the code on the back of the card too."""

    words = forms.CharField(
        label=_("Why the rejection is wrong"),
        help_text=_("Plain words are enough. Officers of another province read them."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": SAID_NOTHING},
    )
    card_code = forms.CharField(
        label=_("Code on the back of the card"),
        help_text=_(
            "Two letters and ten digits. You came with the reference number, which others may know;"
            " the card shows that it is you."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please write the code on the back of the card.")},
    )

    def __init__(self, *args: Any, with_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_code:
            del self.fields["card_code"]
