"""The page on which the citizen checks what was read."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from registration.views.card_pictures import smaller
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


@pytest.mark.parametrize("side", ["front", "back"])
def test_the_citizen_sees_the_photo_the_field_was_read_off_and_nobody_else_does(citizen, side):
    address = reverse(f"registration:{side}_picture")
    assert f'src="{address}"' in citizen.get(reverse("registration:confirm")).text
    picture = citizen.get(address)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in picture.headers["Cache-Control"]
    assert Client().get(address).status_code == 302
    limited = Client()
    back = citizen_at("confirm", 2)
    back.token_limited = True
    back.save()
    limited.cookies["sessionid"] = session_of(back)
    assert limited.get(address).url == reverse("registration:card_again")


def test_a_large_photo_is_sent_small():
    large = io.BytesIO()
    Image.new("RGB", (2560, 1600)).save(large, "JPEG")
    with Image.open(io.BytesIO(smaller(large.getvalue()))) as sent:
        assert sent.size == (1000, 625)


def test_the_contact_stands_before_the_long_form_and_the_address_has_room(citizen):
    page = citizen.get(reverse("registration:confirm")).text
    assert page.index('name="contact"') < page.index('name="number"')
    assert '<textarea name="address"' in page
