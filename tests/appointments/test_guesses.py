"""The code of an appointment: emptying Redis gives no more guesses at it."""

import pytest
from django.test import Client
from django.urls import reverse

from appointments.services.booking import book
from appointments.services.owners import owner_of_browser
from tests.appointments.hours import MORNING, in_days, open_office
from tests.factories import OfficeFactory, OfficerFactory
from tests.guesses import FREE, only_the_last, opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("wrong", "is_let"), [(FREE - 1, True), (FREE, False)])
def test_a_wiped_redis_gives_no_more_guesses_at_the_code(wrong, is_let):
    office, page = OfficeFactory(), reverse("appointments:mine")
    open_office(OfficerFactory(supervisor=True, office=office), **MORNING)
    one, code = book(office, in_days(2), owner=owner_of_browser("one"))

    def guess(said: str) -> bool:
        asked = {"reference": one.reference, "code": said}
        return Client().post(page, asked).status_code == 302

    as_wrong = f"{(int(code) + 1) % 10**6:06}"
    told = opened(guess, wrong=wrong, right=code, as_wrong=as_wrong)
    assert told == only_the_last(wrong, is_let=is_let)
