"""The first thing a citizen does is step 1, and the count ends at the last."""

import re

import pytest
from django.urls import reverse

from registration.steps import NUMBER
from tests.registration.every_step import STEPS, citizen_at, session_of

pytestmark = pytest.mark.django_db
FIRST, LAST = 1, 6


@pytest.mark.parametrize("step", [step for step in STEPS if step in NUMBER])
def test_every_step_is_counted_from_the_first_that_is_done_here(client, step):
    client.cookies["sessionid"] = session_of(citizen_at(step))
    client.cookies["django_language"] = "en"
    page = client.get(reverse(f"registration:{step}")).text
    numbers = [int(nth) for nth in re.findall(r"Step (\d+) of 6", page)]
    expected = NUMBER[step] - min(NUMBER.values()) + FIRST
    assert set(numbers) <= {expected}


def test_the_terms_are_the_first_step_and_the_end_the_last_of_those_the_first_page_lists(client):
    client.cookies["django_language"] = "en"
    way = re.search(
        r'<ol class="way">.*?</ol>', client.get(reverse("registration:home")).text, re.S
    )
    assert way[0].count("<li>") == LAST
    assert way[0].index("Accept the terms") < way[0].index("Photograph your ID card")
    for step, nth in (("terms", FIRST), ("done", LAST)):
        client.cookies["sessionid"] = session_of(citizen_at(step, nth))
        assert f"Step {nth} of {LAST}" in client.get(reverse(f"registration:{step}")).text
