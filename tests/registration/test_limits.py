"""Limits keep load down without keeping out those who share a carrier's address."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.identity.factories import DigitalIDFactory

pytestmark = pytest.mark.django_db


def phone_of(digital_id) -> Client:
    client = Client()
    session = client.session
    session["digital_id"] = str(digital_id.pk)
    session.save()
    return client


def unlock(client: Client) -> int:
    return client.post(reverse("identity:unlock"), {"password": "wrong horse"}).status_code


def test_one_citizens_tries_do_not_use_up_a_neighbours(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unlock": (2, 3600)}
    mine, theirs = phone_of(DigitalIDFactory()), phone_of(DigitalIDFactory())
    assert [unlock(mine) for _ in range(3)] == [422, 422, 429]
    assert unlock(theirs) == 422


def test_browsers_that_are_nobodys_are_counted_by_address(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unlock": (2, 3600)}
    assert [unlock(Client()) for _ in range(3)] == [422, 422, 429]


def test_an_enrollment_in_the_session_does_not_let_an_address_start_more(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"start": (2, 3600)}
    client = Client()
    starts = [client.post(reverse("registration:start")).status_code for _ in range(3)]
    assert starts == [302, 302, 429]
