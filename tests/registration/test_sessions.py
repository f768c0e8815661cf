"""Whoever comes with a session that is over is told so, at every step, and how to go on."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.registration.every_step import STEPS, citizen_at, session_of

pytestmark = pytest.mark.django_db
SAID = "This browser does not know your registration any more"
RESUME = reverse("registration:resume")


@pytest.fixture
def stranger(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    client.cookies["sessionid"] = "a-session-that-is-over"
    return client


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_session_that_is_over_is_told_at_every_step(stranger, step, method):
    page = getattr(stranger, method)(reverse(f"registration:{step}"), follow=True)
    assert (page.status_code, SAID in page.text, RESUME in page.text) == (200, True, True)


def test_a_page_that_follows_is_led_to_the_same_words(stranger):
    led = stranger.get(reverse("registration:status")).json()["next"]
    assert SAID in stranger.get(led).text


def test_whoever_goes_on_here_or_elsewhere_is_told_nothing_of_the_kind(stranger):
    assert SAID not in stranger.get(reverse("registration:home")).text
    stranger.cookies["sessionid"] = session_of(citizen_at("selfie"))
    assert SAID not in stranger.get(f"{reverse('registration:home')}?over=1").text
