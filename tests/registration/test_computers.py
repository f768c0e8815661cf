"""At a computer the phone is offered before the camera, and a consent says what it is given for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.registration.every_step import citizen_at, session_of

pytestmark = pytest.mark.django_db
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36"


def page_at(step: str, agent: str) -> str:
    client = Client(headers={"User-Agent": agent})
    client.cookies["sessionid"] = session_of(citizen_at(step))
    return client.get(reverse(f"registration:{step}")).text


@pytest.mark.parametrize("step", ["card_front", "card_back", "selfie", "consent"])
def test_the_phone_is_offered_at_a_computer_and_not_on_a_phone(step):
    told = 'id="computer-title"'
    at_computer = page_at(step, COMPUTER)
    assert at_computer.index(told) < at_computer.index("Open" if False else "</main>")
    assert at_computer.index(told) < at_computer.index('form="to-phone"')
    assert f'id="to-phone" method="post" action="{reverse("registration:handoff")}"' in at_computer
    assert told not in page_at(step, PHONE)
