"""The rows of a list of cases: markup that no template escapes."""

import pytest
from django.utils import timezone, translation

from offices.models import Office
from registration.models import Finding
from registration.models.decisions import RejectReason, RetakeReason
from registration.states import State
from registration.templatetags.cases import case_rows, why
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.findings import Check, Outcome

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>{href}{0}%s"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;{href}{0}%s"


def test_names_are_escaped_and_their_braces_stay(officer):
    Office.objects.update(name_en=HOSTILE)
    holder = OfficerFactory(name=HOSTILE, office=officer.office)
    case = EnrollmentFactory(state=State.IN_REVIEW, held_by=holder, office=Office.objects.first())
    rows = case_rows([case], officer)
    assert (rows.count(ESCAPED), "<img" in rows) == (2, False)


def test_a_row_leads_to_its_own_case_and_says_who_holds_it(officer):
    mine, nobodys = EnrollmentFactory(held_by=officer), EnrollmentFactory(held_by=None)
    first, second = case_rows([mine, nobodys], officer).split("</tr>")[:2]
    assert (f"/staff/cases/{mine.pk}/" in first, "You" in first) == (True, True)
    assert (f"/staff/cases/{nobodys.pk}/" in second, "nobody" in second) == (True, True)


@pytest.mark.parametrize(
    ("state", "fields", "words"),
    [
        (State.REJECTED, {"reject_reason": RejectReason.NOT_THE_SAME}, "not the face on the card"),
        (State.RETAKE, {"retake_reason": RetakeReason.NOT_LIVE}, ""),
        (State.SECOND_REVIEW, {}, "second pair of eyes"),
        (State.WAITING_REVIEW, {}, "The automatic checks were not sure."),
        (State.VERIFIED, {}, '<span class="soft">-</span>'),
    ],
)
def test_why_a_case_is_where_it_is(state, fields, words):
    told = why(EnrollmentFactory.build(state=state, state_since=timezone.now(), **fields))
    assert words in told
    assert told


def test_doubts_are_told_in_the_readers_language():
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    case.doubts = [
        Finding(enrollment=case, check_name=Check.LIVENESS, outcome=Outcome.FAILED, attempt=0)
    ]
    with_words = {}
    for language in ("en", "th", "en"):
        with translation.override(language):
            with_words[language] = why(case)
    assert with_words["en"].startswith('<ul class="why"><li data-outcome="failed">')
    assert with_words["en"] != with_words["th"]
