"""A reference is taken however it is written down."""

import re

import pytest
from django.urls import reverse

from identity.numbers import number_key
from registration.models import as_reference, new_reference
from tests.factories import EnrollmentFactory

NUMBER = "1101700230708"
KEPT = "AB2D-EFGH-JKMN"
WRITTEN = [KEPT, "AB2DEFGHJKMN", "ab2d efgh jkmn", " ab2d–efgh–jkmn ", "AB2D-EFGHJKMN"]


@pytest.mark.parametrize("typed", WRITTEN)
def test_hyphens_blanks_and_small_letters_do_not_matter(typed):
    assert as_reference(typed) == KEPT


def test_a_new_reference_is_written_as_it_is_kept():
    made = new_reference()
    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", made)
    assert as_reference(made) == made


@pytest.mark.django_db
@pytest.mark.parametrize("typed", WRITTEN)
def test_the_page_and_the_api_find_the_case(client, typed):
    EnrollmentFactory(reference=KEPT, number_key=number_key(NUMBER))
    known = {"reference": typed, "number": NUMBER}
    assert client.post(reverse("registration:resume"), known).status_code == 302
    assert client.post(reverse("api:resume"), known).status_code == 200
