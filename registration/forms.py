"""The citizen's and the officer's forms. They check; services write."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.templatetags.thai import BUDDHIST_OFFSET
from core.typing import Cleaned, StrOrPromise
from identity.cleaning import clean_person
from identity.contacts import clean_contact
from identity.numbers import clean_number
from identity.person import FIELDS, LIFELONG
from registration.upload_fields import FilesField, PhotoField
from verification.capture import of_browser
from verification.reading import Reading

FIRST_BUDDHIST_YEAR = 2400  # no one alive was born in the Common Era's 24th century


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
    frame_times = forms.JSONField(required=False)
    challenge = forms.UUIDField(required=False)
    camera = forms.CharField(required=False, max_length=200)  # what the browser calls it
    device_key = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_frame_times(self) -> list[int]:
        times = self.cleaned_data["frame_times"] or []
        if not isinstance(times, list) or not all(isinstance(time, int) for time in times):
            raise ValidationError(_("The pictures did not arrive whole. Please try again."))
        return times

    def handed_in(self) -> Cleaned:
        """What was sent, as the services take it. A browser can only say that it was its camera."""
        data = self.cleaned_data
        frames = [frame.read() for frame in data["frames"]]
        capture = of_browser(
            from_camera=bool(frames and data["challenge"]),
            label=data["camera"],
            known=settings.KNOWN_VIRTUAL_CAMERAS,
        )
        return {
            "selfie": data["selfie"].read(),
            "frames": frames,
            "frame_times": data["frame_times"],
            "challenge_id": data["challenge"],
            "device_key": data["device_key"],
            "capture": capture,
        }


def _day(label: StrOrPromise) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=31, required=False)


def _text(name: str) -> forms.CharField:
    field = FIELDS[name]
    return forms.CharField(label=field.label, max_length=field.longest, required=field.required)


class ConfirmForm(forms.Form):
    """The card's data as people see them; `cleaned_data["confirmed"]` is what the service takes."""

    number = forms.CharField(label=FIELDS["number"].label, max_length=20)
    doubtful: frozenset[str] = frozenset()  # the fields that were not surely read

    title_th = _text("title_th")
    first_name_th = _text("first_name_th")
    last_name_th = _text("last_name_th")
    title_en = _text("title_en")
    first_name_en = _text("first_name_en")
    last_name_en = _text("last_name_en")
    birth_day = _day(_("Day"))
    birth_month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    birth_year = forms.IntegerField(label=_("Year"), min_value=1850, max_value=2700)
    address = _text("address")
    expiry_lifelong = forms.BooleanField(label=_("The card is valid for life"), required=False)
    expiry_day = _day(_("Day"))
    expiry_month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    expiry_year = forms.IntegerField(
        label=_("Year"), min_value=1850, max_value=2700, required=False
    )
    laser_code = forms.CharField(label=FIELDS["laser_code"].label, max_length=20)

    # Where the form shows what is wrong with a field of the validator.
    SHOWN_AT: ClassVar[dict[str, str]] = {"birth_date": "birth_year", "expiry_date": "expiry_year"}

    @classmethod
    def from_reading(cls, reading: Reading) -> "ConfirmForm":
        """The form as the reading of the card fills it; doubtful fields are in `form.doubtful`."""
        values = {name: field.value for name, field in reading.fields.items()}
        initial = values | _date_parts("birth", values.get("birth_date", ""))
        if values.get("expiry_date") == LIFELONG:
            initial["expiry_lifelong"] = True
        else:
            initial |= _date_parts("expiry", values.get("expiry_date", ""))
        form = cls(initial=initial)
        sure = settings.MACHINE_THRESHOLDS["field_confidence"]
        unsure = {name for name, field in reading.fields.items() if field.confidence < sure}
        form.doubtful = frozenset(cls.SHOWN_AT.get(name, name) for name in unsure)
        return form

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return data
        raw = data | {
            "birth_date": _iso(data, "birth"),
            "expiry_date": LIFELONG if data["expiry_lifelong"] else _iso(data, "expiry"),
        }
        try:
            data["confirmed"] = clean_person(raw)
        except ValidationError as error:
            for name, problems in error.error_dict.items():
                self.add_error(self.SHOWN_AT.get(name, name), problems)
        return data


def _date_parts(prefix: str, iso: str) -> dict[str, int]:
    parts = [int(part) for part in iso.split("-")] if iso else []
    if parts and get_language() == "th":
        parts[0] += BUDDHIST_OFFSET
    names = (f"{prefix}_year", f"{prefix}_month", f"{prefix}_day")
    return dict(zip(names, parts, strict=False))


def _iso(data: Cleaned, prefix: str) -> str:
    """ISO text from year, month, day, of which the last ones may be open. Buddhist years are known
    by size.
    """
    year = data.get(f"{prefix}_year")
    if year is None:
        return ""
    year -= BUDDHIST_OFFSET if year >= FIRST_BUDDHIST_YEAR else 0
    month, day = data.get(f"{prefix}_month"), data.get(f"{prefix}_day")
    open_ended = [f"{part:02}" for part in ((month, day) if month else ()) if part]
    return "-".join([f"{year:04}", *open_ended])


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
