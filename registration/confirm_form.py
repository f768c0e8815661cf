"""The card's data as people see them: every fault is told at once, in a sentence of ours."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.templatetags.thai import BUDDHIST_OFFSET, spaced_number
from core.typing import Cleaned, StrOrPromise
from identity.cleaning import clean_person
from identity.person import FIELDS, LIFELONG
from verification.reading import Reading

FIRST_BUDDHIST_YEAR = 2400  # no one alive was born in the Common Era's 24th century
MISSING = _("Please fill this in as it stands on the card.")
NO_DAY = _("The day is a number from 1 to 31.")
NO_MONTH = _("Please choose the month by its name.")
NO_YEAR = _("The year has four digits, of the Buddhist Era or the Common Era.")
DIGITS_OF_A_NUMBER = 13
DATE_PARTS = frozenset(
    f"{date}_{part}" for date in ("birth", "expiry") for part in ("day", "month", "year")
)


def _part(
    label: StrOrPromise, least: int, most: int, *, else_: StrOrPromise, required: bool = False
) -> forms.IntegerField:
    """A part of a date; whatever is wrong with it is told by the same sentence."""
    return forms.IntegerField(
        label=label,
        required=required,
        validators=[MinValueValidator(least, else_), MaxValueValidator(most, else_)],
        error_messages={"required": MISSING, "invalid": else_},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def _text(name: str, *, longest: int = 0, widget: forms.Widget | None = None) -> forms.CharField:
    field = FIELDS[name]
    return forms.CharField(
        label=field.label,
        max_length=longest or field.longest,
        required=field.required,
        error_messages={
            "required": MISSING,
            "max_length": _("This is longer than what a card can hold."),
        },
        widget=widget,
    )


class ConfirmForm(forms.Form):
    """`cleaned_data["confirmed"]` is what the service takes."""

    number = _text("number", longest=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    title_th = _text("title_th")
    first_name_th = _text("first_name_th")
    last_name_th = _text("last_name_th")
    title_en = _text("title_en")
    first_name_en = _text("first_name_en")
    last_name_en = _text("last_name_en")
    birth_day = _part(_("Day of birth"), 1, 31, else_=NO_DAY)
    birth_month = _part(_("Month of birth"), 1, 12, else_=NO_MONTH)
    birth_year = _part(_("Year of birth"), 1850, 2700, else_=NO_YEAR, required=True)
    address = _text("address", widget=forms.Textarea(attrs={"rows": 3}))
    expiry_lifelong = forms.BooleanField(label=_("The card is valid for life"), required=False)
    expiry_day = _part(_("Day of expiry"), 1, 31, else_=NO_DAY)
    expiry_month = _part(_("Month of expiry"), 1, 12, else_=NO_MONTH)
    expiry_year = _part(_("Year of expiry"), 1850, 2700, else_=NO_YEAR)
    laser_code = _text("laser_code", longest=20)

    doubtful: frozenset[str] = frozenset()  # the fields that were not surely read
    # Where the form shows what is wrong with a field of the validator.
    SHOWN_AT: ClassVar[dict[str, str]] = {"birth_date": "birth_year", "expiry_date": "expiry_year"}

    @classmethod
    def from_reading(cls, reading: Reading) -> "ConfirmForm":
        """The form as the reading of the card fills it; doubtful fields are in `form.doubtful`."""
        values = {name: field.value for name, field in reading.fields.items()}
        initial = values | _date_parts("birth", values.get("birth_date", ""))
        if len(values.get("number", "")) == DIGITS_OF_A_NUMBER:
            initial["number"] = spaced_number(values["number"])
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
        lifelong = data.get("expiry_lifelong")
        raw = data | {
            "birth_date": _iso(data, "birth"),
            "expiry_date": LIFELONG if lifelong else _iso(data, "expiry"),
        }
        try:
            person = clean_person(raw)
        except ValidationError as error:
            self._tell(error)
        else:
            if not self.errors:
                data["confirmed"] = person
        return data

    def _tell(self, error: ValidationError) -> None:
        """Everything that is wrong, at its field; what a field said of itself is enough."""
        told = {name.partition("_")[0] for name in self.errors if name in DATE_PARTS}
        for name, problems in error.error_dict.items():
            at = self.SHOWN_AT.get(name, name)
            if at not in self.errors and not (at in DATE_PARTS and at.partition("_")[0] in told):
                self.add_error(at, problems)


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
