"""What an officer sees of the time before: moves, earlier selfies, earlier registrations."""

import pytest
from django.urls import reverse

from identity.numbers import number_key
from registration.models import Finding
from registration.services import review
from registration.services.review_history import (
    earlier_attempts,
    earlier_registrations,
    timeline,
)
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.findings import Check, Outcome

NUMBER = "1111111111119"


def test_the_timeline_has_every_move_with_who_made_it(officer):
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    review.view_case(case, officer=officer)
    review.release_case(review.take_case(case, officer=officer), officer=officer)
    review.take_case(case, officer=OfficerFactory(name="Somebody else"))
    assert [event.officer for event in timeline(case)] == [
        officer.name,
        officer.name,
        "Somebody else",
    ]


@pytest.mark.django_db
def test_earlier_selfies_say_what_they_did_not_pass():
    case = EnrollmentFactory(selfie_attempts=3)
    for attempt, outcome in ((1, Outcome.FAILED), (2, Outcome.PASSED), (3, Outcome.FAILED)):
        Finding.objects.create(
            enrollment=case, attempt=attempt, check_name=Check.LIVENESS, outcome=outcome
        )
    found = [(one.number, len(one.doubts)) for one in earlier_attempts(case)]
    assert found == [(1, 1), (2, 0)]


def test_earlier_registrations_say_which_are_within_reach(officer):
    key = number_key(NUMBER)
    here = EnrollmentFactory(number_key=key, state=State.REJECTED)
    there = EnrollmentFactory(number_key=key, office=OfficerFactory(elsewhere=True).office)
    case = EnrollmentFactory(number_key=key)
    EnrollmentFactory(number_key=None)
    found = earlier_registrations(case, officer)
    assert [(one.pk, one.within_reach) for one in found] == [(there.pk, False), (here.pk, True)]
    assert earlier_registrations(EnrollmentFactory(number_key=None), officer) == []


def test_the_page_links_only_what_is_within_reach(client, officer, signed_in):
    key = number_key(NUMBER)
    there = EnrollmentFactory(number_key=key, office=OfficerFactory(elsewhere=True).office)
    case = EnrollmentFactory(number_key=key, state=State.WAITING_REVIEW)
    page = signed_in(client, officer).get(reverse("review:case", args=[case.pk])).text
    assert [there.reference in page, str(there.pk) in page] == [True, False]
