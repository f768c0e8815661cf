"""Attempt 6: whose number has a digital ID, or is in the register, is nobody's to find out."""

from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from identity.person import FIELDS
from registration.services.enrolling import hashed
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory
from tests.identity.factories import (
    DigitalIDFactory,
    PopulationRecordFactory,
    make_person,
    surely_read,
    valid_number,
)

pytestmark = pytest.mark.django_db
NUMBERS, KINDS = 1_000, 4


def numbers() -> list[str]:
    """Of four kinds in turn: unknown, in the register, with a digital ID, with both."""
    made = [valid_number(f"8{place:011}") for place in range(NUMBERS)]
    for place, number in enumerate(made):
        if place % KINDS in {1, 3}:
            PopulationRecordFactory(number=number)
        if place % KINDS in {2, 3}:
            DigitalIDFactory(number=number, portrait="", password="")
    return made


def attempt(number: str, *, renewal: bool) -> tuple:
    """What the answer says, and how many times the database was asked."""
    own = make_person(valid_number("1" * 12), laser_code="ME0-1234567-89")
    enrollment = EnrollmentFactory.build(
        office=None, state=State.CARD_CAPTURED, renewal=renewal, card_photos=2,
        token_hash=hashed(number + str(renewal)),
    )  # fmt: skip
    enrollment.reading = surely_read(own)
    enrollment.save(force_insert=True)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {number + str(renewal)}")
    data = {name: getattr(replace(own, number=number), name) for name in FIELDS}
    connection.queries_log.clear()  # it keeps the last 9,000 only
    with CaptureQueriesContext(connection) as asked:
        answer = client.put("/api/v1/enrollment/data/", data, format="json")
    told = {key: value for key, value in answer.json().items() if key not in OWN}
    return answer.status_code, str(told), len(asked)


OWN = ("id", "reference", "open_until", "proof_nonce")


@pytest.mark.parametrize("renewal", [False, True])
def test_a_thousand_foreign_numbers_get_one_answer(renewal, settings):
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (10**6, 60))
    OfficeFactory(code="1201")
    OfficeFactory(code="0000")
    attempt(valid_number("2" * 12), renewal=renewal)  # what is looked up once for all
    answers, usual = set(), [Counter() for _ in range(KINDS)]
    for place, number in enumerate(numbers()):
        status, told, asked = attempt(number, renewal=renewal)
        answers.add((status, told))
        usual[place % KINDS][asked] += 1
    assert [status for status, _told in answers] == [200]
    # Now and then a figure that many share is looked up anew: what is usual has to be the same.
    assert len({counts.most_common(1)[0][0] for counts in usual}) == 1
