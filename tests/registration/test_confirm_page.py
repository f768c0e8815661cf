"""The page on which the citizen checks what was read."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.registration.every_step import citizen_at, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(client: Client) -> Client:
    client.cookies["sessionid"] = session_of(citizen_at("confirm"))
    client.cookies["django_language"] = "en"
    return client


def test_every_fault_of_the_page_is_in_one_summary_with_its_fields_name_and_leads_there(citizen):
    typed = {"number": "1", "birth_day": "45", "birth_year": "1981", "contact": "nowhere"}
    answer = citizen.post(reverse("registration:confirm"), typed)
    (summary,) = re.findall(r'<div class="error-summary".*?</div>', answer.text, re.DOTALL)
    lines = dict(re.findall(r'<a href="#(\w+)">(.*?)</a>', summary))
    assert answer.status_code == 422
    assert all(f'id="{field}"' in answer.text for field in lines)
    assert lines["id_birth_day"] == "Day of birth: The day is a number from 1 to 31."
    assert lines["id_first_name_th"].startswith("First name (Thai): ")
    assert {"id_number", "id_address", "id_laser_code", "id_contact"} <= set(lines)
