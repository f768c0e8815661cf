"""What entries can be narrowed down to by what they tell: one value of one detail.

What is asked for is written down for ever, so that neither the detail nor its value is free: each
is of a closed set, and of those that entries of the action really have.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.detail_words import word_of
from audit.models import EntryQuerySet
from audit.value_words import set_of, word_of_value
from core.typing import Json, StrOrPromise

SIGN = ":"
Choices = list[tuple[StrOrPromise, StrOrPromise | list[tuple[str, str]]]]


@dataclass(frozen=True)
class Told:
    """What entries of `action` say under the first of `keys` that they have: a code of the set at
    `codes`, `written` with one of the set at `beside` where there is one.
    """

    action: Action
    keys: tuple[str, ...]
    codes: str
    beside: str = ""
    written: str = "{0}"

    def values(self, code: str) -> list[str]:
        """What an entry can have there that is of this code."""
        others = set_of(self.beside) if self.beside else [""]
        return [self.written.format(code, other) for other in others]


DEVICES, BROWSERS = "dashboards.devices.DEVICES", "dashboards.devices.BROWSERS"
DETAILS = {
    # Of the machine, which finds out why, and of officers, who have a reason.
    "reason_code": Told(
        Action.ASK_RETAKE, ("why", "reason_code"), "registration.models.RetakeReason"
    ),
    "device": Told(Action.START, ("device",), DEVICES, BROWSERS, "{0}-{1}"),
    "browser": Told(Action.START, ("device",), BROWSERS, DEVICES, "{1}-{0}"),
}


class DetailField(forms.ChoiceField):
    """Empty, or a detail and its value, as in "device:iphone"."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Detail"), choices=_choices, required=False)


def asked_for(key: str, code: str) -> str:
    """As an address has it, and the log."""
    return f"{key}{SIGN}{code}"


def detail_in_words(detail: str) -> str:
    """As readers read it; one that is no longer of a set as it stands, "" where there is none."""
    return word_of_value("detail", detail) or detail


def fit_action(form: forms.Form) -> None:
    """A detail is of one action: it is meant where none is chosen, and no other fits."""
    cleaned = form.cleaned_data
    if not cleaned.get("detail") or "action" in form.errors:
        return
    own = _told(cleaned["detail"])[0].action
    if cleaned["action"] not in {"", own.value}:
        words = _("Only entries of the action “%(action)s” tell this.") % {"action": own.label}
        form.add_error("detail", words)
    cleaned["action"] = own.value


def narrowed(entries: EntryQuerySet, detail: str) -> EntryQuerySet:
    """Those that tell it; all where it is empty."""
    if not detail:
        return entries
    told, code = _told(detail)
    return entries.telling(told.keys, told.values(code))


def in_terms_of_the_log(detail: str) -> Json:
    """For whoever checks a file: the first of `keys` that an entry has is one of `values`."""
    told, code = _told(detail)
    return {"keys": list(told.keys), "values": told.values(code)}


def _told(detail: str) -> tuple[Told, str]:
    key, _sign, code = detail.partition(SIGN)
    return DETAILS[key], code


def _choices() -> Choices:
    """By action and detail; words are of the reader's language."""
    groups: Choices = [("", _("All"))]
    for key, told in DETAILS.items():
        each = [(asked_for(key, one), word_of_value(key, one) or one) for one in set_of(told.codes)]
        groups.append((f"{told.action.label}: {word_of(key)}", each))
    return groups
