"""The rows of a list of cases, as markup already: drawn by the template engine, twenty-five of them
cost more than all else of the page.
"""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.choice_words import word_of
from core.templatetags.components import drawn
from core.templatetags.thai import people_time
from offices.models import Officer
from registration.models import Enrollment
from registration.states import State
from verification.findings import Check, Outcome

register = template.Library()

ROW = """
      <tr>
        <th scope="row" data-label="{reference_label}">
          <a class="list-table__main number" href="{href}" translate="no">{reference}</a>
          {notes}
        </th>
        <td data-label="{state_label}">{state}</td>
        <td data-label="{why_label}">{why}</td>
        <td data-label="{risk_label}"><span class="risk" data-risk="{risk}">{risk_word}</span></td>
        <td data-label="{since_label}">
          <time datetime="{since}">{how_long}</time>
          {late}
          <span class="list-table__note">{since_in_words}</span>
        </td>
        <td data-label="{office_label}">
          {office}
          <span class="list-table__note">{channel}</span>
        </td>
        <td data-label="{held_by_label}">{held_by}</td>
      </tr>"""
CELLS = (
    "href", "reference", "notes", "state", "why", "risk", "risk_word", "since", "how_long", "late",
    "since_in_words", "office", "channel", "held_by",
)  # fmt: skip
NO_CASE = str(UUID(int=0))
NOTE = '<span class="list-table__note">{}</span>'
LATE = '<strong class="late">{}{}</strong>'
SOFT = '<span class="soft">{}</span>'
DOUBT = '<li data-outcome="{}">{}: {}</li>'


@register.simple_tag
def case_rows(cases: Iterable[Enrollment], officer: Officer) -> SafeString:
    """A row for each case, as this officer sees it; `case.doubts`, if given, are its findings that
    did not pass.
    """
    row = _labelled()
    address = reverse("review:case", args=[NO_CASE])  # once: it takes longer than a row's cells
    return format_html_join("", row, (_cells(case, officer, address) for case in cases))


def _labelled() -> SafeString:
    """ROW with the columns' words, the same in each; the rest is still to be filled in."""
    labels = {f"{name}_label": words for name, words in case_columns()}
    cells = {name: f"{{{name}}}" for name in CELLS}
    return format_html(ROW, **labels, **cells)


@register.simple_tag
def case_columns() -> list[tuple[str, str]]:
    """What each column is, by its name here."""
    return [
        ("reference", _("Reference")),
        ("state", _("State")),
        ("why", _("Why")),
        ("risk", _("Risk")),
        ("since", _("Since")),
        ("office", _("Office and channel")),
        ("held_by", _("Held by")),
    ]


def _cells(case: Enrollment, officer: Officer, address: str) -> dict[str, object]:
    return {
        "href": address.replace(NO_CASE, str(case.pk)),
        "reference": case.reference,
        "notes": _notes(case),
        "state": drawn(
            "components/state_badge.html", label=case.get_state_display(), state=case.state
        ),
        "why": why(case),
        "risk": case.risk,
        "risk_word": case.get_risk_display(),
        "since": timezone.localtime(case.since).isoformat(),
        "how_long": timesince(case.since),
        "late": _late(case),
        "since_in_words": people_time(case.since),
        "office": (case.office and case.office.name) or "-",
        "channel": case.get_channel_display(),
        "held_by": _holder(case, officer),
    }


def _notes(case: Enrollment) -> str:
    notes = [_("Renewal")] if case.renewal else []
    notes += [_("Appeal")] if case.appealed else []
    return format_html_join("", NOTE, ((note,) for note in notes)) if notes else ""


def _late(case: Enrollment) -> str:
    if not case.is_late:
        return ""
    return format_html(LATE, drawn("components/icon.html", name="alert"), _("over the target"))


def _holder(case: Enrollment, officer: Officer) -> str:
    if case.held_by is None:
        return format_html(SOFT, _("nobody"))
    if case.held_by_id == officer.pk:
        return format_html("<strong>{}</strong>", _("You"))
    return case.held_by.name


def why(case: Enrollment) -> str:
    """Why a case is where it is, in words."""
    if case.reject_reason and case.state == State.REJECTED:
        return case.get_reject_reason_display()
    if case.retake_reason and case.state == State.RETAKE:
        return case.get_retake_reason_display()
    if case.state == State.SECOND_REVIEW:
        return _("A colleague asks for a second pair of eyes.")
    if doubts := getattr(case, "doubts", None):
        return _doubts(tuple((one.check_name, one.outcome) for one in doubts), get_language())
    if case.state in {State.WAITING_REVIEW, State.IN_REVIEW}:
        return _("The automatic checks were not sure.")
    return format_html(SOFT, "-")


@lru_cache(maxsize=1024)
def _doubts(found: tuple[tuple[str, str], ...], language: str | None) -> SafeString:
    """Checks with their outcomes, in words of the language that is active. There are few such
    lists, and each is in many rows.
    """
    words = ((out, word_of(Check, check), word_of(Outcome, out)) for check, out in found)
    return format_html('<ul class="why">{}</ul>', format_html_join("", DOUBT, words))
