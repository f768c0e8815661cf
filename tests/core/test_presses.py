"""Whoever opens the address of a button by GET (a reload, a switched theme) gets a page of ours."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from registration.models import Handoff
from tests.registration.every_step import STEPS, citizen_at, session_of
from tests.test_access import ARGUMENTS, ROWS, client_of

pytestmark = pytest.mark.django_db
READS_PAGES = {"Accept": "text/html"}
# With an argument of their own, which test_access.py makes from a case.
PLAIN = [
    name
    for name in ROWS
    if not name.startswith(("review:", "counter:", "pilot:", "people:", "admin:"))
]
# Scripts and wallets call these; nobody is led anywhere.
OF_SCRIPTS = {
    "arrived",
    *(f"registration:{of}challenge{what}" for of in ("", "resume_") for what in ("", "_step")),
}


def opened(client: Client, address: str):
    return client.get(address, headers=READS_PAGES)


@pytest.mark.parametrize("name", PLAIN)
def test_no_address_is_answered_by_the_browsers_own_page(name):
    answer = opened(client_of("citizen"), reverse(name, kwargs=ARGUMENTS.get(name)))
    refused = answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    of_a_citizen = name.startswith(("registration:", "identity:")) and name not in OF_SCRIPTS
    assert not (refused and (of_a_citizen or not answer.content))


@pytest.fixture
def citizen(client: Client) -> Client:
    client.cookies["sessionid"] = session_of(citizen_at("selfie"))
    return client


def test_the_code_for_the_phone_stands_a_reload_and_a_change_of_theme(citizen):
    made = citizen.post(reverse("registration:handoff"))
    assert (made.status_code, made.url) == (302, reverse("registration:handoff"))
    first, again = (opened(citizen, made.url) for _ in range(2))
    assert (first.context["link"], Handoff.objects.count()) == (again.context["link"], 1)
    themed = citizen.post(reverse("set_theme"), {"theme": "dark", "next": made.url}, follow=True)
    assert themed.context["link"] == first.context["link"]


def test_a_used_link_says_so_before_anybody_presses_and_the_desk_goes_on(citizen, client):
    citizen.post(reverse("registration:handoff"))
    link = opened(citizen, reverse("registration:handoff")).context["link"]
    phone = Client()
    assert opened(phone, link).status_code == 200
    phone.post(link)
    over = opened(Client(), link)
    assert (over.status_code, '<form method="post" class="actions"' in over.text) == (410, False)
    assert opened(citizen, reverse("registration:handoff")).status_code == 302


@pytest.mark.parametrize("step", STEPS)
def test_start_and_recapture_by_get_lead_on_at_every_step(client, step):
    client.cookies["sessionid"] = session_of(citizen_at(step))
    for name in ("start", "recapture", "handoff"):
        answer = client.get(reverse(f"registration:{name}"), headers=READS_PAGES, follow=True)
        assert (name, answer.status_code) == (name, 200)
