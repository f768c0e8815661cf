"""Searching by what a citizen says at the counter; the number is in no address and no log."""

import re

import pytest
from django.urls import reverse

from audit.models import Entry
from identity.numbers import number_key
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory

# Made of one digit, so that it is nobody's; its check digit is right.
NUMBER = "1111111111119"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


def search(staff, text: str):
    return staff.post(reverse("review:search"), {"text": text}, headers=ENGLISH)


def case(**fields):
    return EnrollmentFactory(number_key=number_key(NUMBER), **fields)


def test_one_case_opens_at_once_by_its_reference_however_it_is_written(staff):
    found = case(state=State.WAITING_REVIEW)
    written = (found.reference, found.reference.lower().replace("-", " "))
    page = reverse("review:case", args=[found.pk])
    assert [search(staff, text).url for text in written] == [page, page]


@pytest.mark.parametrize(
    "text", [NUMBER, "1 1111 11111 11 9", "1-1111-11111-11-9", "๑๑๑๑๑๑๑๑๑๑๑๑๙"]
)
def test_all_cases_of_a_number_are_found_newest_first_and_closed_ones_too(staff, text):
    cases = [case(state=state) for state in (State.REJECTED, State.EXPIRED, State.IN_REVIEW)]
    found = search(staff, text).context["cases"]
    assert [one.pk for one in found] == [one.pk for one in reversed(cases)]


def test_the_case_of_another_office_is_not_found(staff):
    other = case(office=OfficerFactory(elsewhere=True).office)
    pages = [search(staff, text) for text in (NUMBER, other.reference)]
    assert [page.context["cases"] for page in pages] == [[], []]
    assert "No case found" in pages[0].text


@pytest.mark.parametrize("text", ["", "hello", "1111111111111", "1" * 12])
def test_what_is_neither_reference_nor_number_is_told_apart_from_nothing_found(staff, text):
    answer = search(staff, text)
    assert [answer.status_code, answer.context["searched"]] == [422, False]
    assert not Entry.objects.filter(action="case.searched").exists()


def test_a_search_is_recorded_with_what_it_found_and_without_the_number(staff, officer):
    found = [case(), case()]
    search(staff, NUMBER)
    entry = Entry.objects.get(action="case.searched")
    expected = {"by": "number", "found": [str(one.pk) for one in reversed(found)]}
    assert [entry.actor_id, entry.details] == [str(officer.pk), expected]


def test_the_number_is_in_no_address(staff):
    found = [case(), case()]
    page = search(staff, NUMBER)
    assert len(page.context["cases"]) == len(found)
    assert NUMBER not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page.text))
    assert 'method="post" action="/staff/search/"' in staff.get(reverse("review:search")).text


def test_administrators_and_auditors_do_not_search(client, administrator, signed_in):
    assert search(signed_in(client, administrator), NUMBER).status_code == 403
