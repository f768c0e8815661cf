"""Faces known under another number: what an officer is shown of the other case."""

import pytest
from django.urls import reverse

from registration.models import Enrollment, EvidenceKind, Finding
from registration.services.evidence import keep_picture
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.findings import Check, Outcome


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


def naming(other: Enrollment, *, similarity: float) -> Enrollment:
    case = with_selfie(EnrollmentFactory(state=State.WAITING_REVIEW))
    Finding.objects.create(
        enrollment=case,
        attempt=0,
        check_name=Check.DUPLICATE,
        outcome=Outcome.FAILED,
        details={"candidates": [{"subject": str(other.pk), "similarity": similarity}]},
    )
    return case


def with_selfie(enrollment: Enrollment) -> Enrollment:
    keep_picture(enrollment, EvidenceKind.SELFIE, b"jpeg")
    return enrollment


def shown(staff, case: Enrollment) -> tuple[list, str]:
    answer = staff.get(reverse("review:case", args=[case.pk]), headers={"Accept-Language": "en"})
    (finding,) = answer.context["findings"]
    found = [
        (one.case.pk, one.similarity, one.has_selfie, one.within_reach)
        for one in finding.candidates
    ]
    return found, answer.text


def test_both_selfies_stand_side_by_side_with_their_likeness(staff):
    other = with_selfie(EnrollmentFactory(state=State.ACTIVATED))
    case = naming(other, similarity=0.8312)
    found, page = shown(staff, case)
    assert found == [(other.pk, 0.8312, True, True)]
    pair = page[page.index("candidate__pair") :]
    paths = [reverse("review:picture", args=[one.pk, "selfie"]) for one in (case, other)]
    assert ["Alike: 0.83 of 1" in page, *(path in pair for path in paths)] == [True, True, True]


def test_a_selfie_that_is_gone_is_not_asked_for(staff):
    other = EnrollmentFactory(state=State.ACTIVATED)
    found, page = shown(staff, naming(other, similarity=0.7))
    assert found == [(other.pk, 0.7, False, True)]
    path = reverse("review:picture", args=[other.pk, "selfie"])
    assert [path in page, "Its selfie is no longer kept." in page] == [False, True]


def test_of_another_offices_case_only_the_reference_is_shown(staff):
    office = OfficerFactory(elsewhere=True).office
    other = with_selfie(EnrollmentFactory(state=State.ACTIVATED, office=office))
    found, page = shown(staff, naming(other, similarity=0.7))
    assert found == [(other.pk, 0.7, True, False)]
    assert [other.reference in page, str(other.pk) in page] == [True, False]
