"""What the page of the log can be asked for."""

import datetime
import re
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import Entry, EntryQuerySet
from audit.models.searches import About
from audit.narrowing import DetailField, fit_action, narrowed
from audit.search.subjects import look_up, subject_of
from core.day_field import DayField, refuse_reversed
from core.typing import Cleaned

COLUMNS = {"action": "action", "actor": "actor_id", "subject": "subject_id", "office": "office"}
ONLY = {
    "elsewhere": EntryQuerySet.elsewhere,
    "night": EntryQuerySet.at_night,
    "new": EntryQuerySet.without_renewals,
    "renewals": EntryQuerySet.of_renewals,
}
CODE = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
DAY = datetime.timedelta(days=1)
LONGEST = datetime.timedelta(days=366)


def known_identifier(value: str, *, column: str) -> str:
    """What was asked for is written down for ever: nothing but what identifies without naming.

    That is the text of a UUID, or what the log has in this column already. A name, a number or an
    address of a person is neither.
    """
    if value and not (_is_uuid(value) or Entry.objects.filter(**{column: value}).exists()):
        raise ValidationError(
            _("Use an identifier that is shown in the log, not a name or number.")
        )
    return value


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_office(code: str) -> bool:
    """Of today, or of an entry: four digits may be the end of anything."""
    known = subject_of(About.OFFICE, code) is not None
    return known or Entry.objects.filter(office=code).exists()


def office_code(text: str) -> str:
    """The code that stands in `text`, or that of the office that is called so. What was typed goes
    no further.
    """
    if not text:
        return ""
    if (code := CODE.search(text)) and _is_office(code[0]):
        return code[0]
    found = look_up(About.OFFICE, text)
    found = [one for one in found if one.name.casefold() == text.casefold()] or found
    if not found:
        raise ValidationError(_("There is no office of this code or name."))
    if len(found) > 1:
        these = ", ".join(f"{one.name} ({one.pk})" for one in found)
        raise ValidationError(
            _("Several offices are called so: %(these)s. Please choose one."),
            params={"these": these},
        )
    return found[0].pk


class EntryFilter(forms.Form):
    """All fields may stay empty; days are days of Bangkok, both included."""

    action = forms.ChoiceField(
        label=_("Action"), choices=[("", _("All actions")), *Action.choices], required=False
    )
    detail = DetailField()
    actor = forms.CharField(label=_("Actor"), max_length=64, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=64, required=False)
    office = forms.CharField(
        label=_("Office"), max_length=80, required=False, help_text=_("Its name or its code.")
    )
    only = forms.ChoiceField(
        label=_("Only"),
        choices=[
            ("", _("Everything")),
            ("elsewhere", _("Outside the own office")),
            ("night", _("At night")),
            ("new", _("Without renewals")),
            ("renewals", _("Renewals")),
        ],
        required=False,
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def clean_actor(self) -> str:
        return known_identifier(self.cleaned_data["actor"], column=COLUMNS["actor"])

    def clean_subject(self) -> str:
        return known_identifier(self.cleaned_data["subject"], column=COLUMNS["subject"])

    def clean_office(self) -> str:
        return office_code(self.cleaned_data["office"])

    def clean(self) -> Cleaned:
        super().clean()
        refuse_reversed(self, "since", "until")
        fit_action(self)
        return self.cleaned_data

    def asked(self) -> dict[str, str]:
        """The filters in use, as text."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def applied_to(self, entries: EntryQuerySet) -> EntryQuerySet:
        asked = self.cleaned_data
        entries = narrowed(entries, asked["detail"])
        named = {COLUMNS[name]: asked[name] for name in COLUMNS if asked[name]}
        entries = entries.filter(**named) if named else entries.without_first_values()
        if asked["only"]:
            entries = ONLY[asked["only"]](entries)
        if asked["since"]:
            entries = entries.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            entries = entries.filter(at__lt=_midnight(asked["until"] + DAY))
        return entries


class PeriodForm(forms.Form):
    """Days of Bangkok, both included."""

    since = DayField(label=_("From"))
    until = DayField(label=_("To"))

    def clean(self) -> Cleaned:
        super().clean()
        refuse_reversed(self, "since", "until")
        cleaned = self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until - since > LONGEST:
            self.add_error("until", _("A file holds at most one year."))
        return cleaned

    def instants(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The first moment of the period and the first after it."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return _midnight(since), _midnight(until + DAY)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
