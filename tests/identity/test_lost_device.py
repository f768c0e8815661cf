"""A lost phone: suspended from any browser, by number and password alone."""

import pytest
from django.urls import reverse

from audit.models import Entry
from identity.lost_device import WRONG
from identity.models import DigitalID
from identity.presentation import check_presentation
from tests.identity.factories import PASSWORD, DigitalIDFactory, valid_number
from tests.identity.tokens import make_token

pytestmark = pytest.mark.django_db
LOST = reverse("identity:lost")


def report(client, digital_id: DigitalID, password: str = PASSWORD):
    return client.post(LOST, {"number": digital_id.holder.number, "password": password})


def test_the_phone_shows_nothing_valid_any_more(client, device, key):
    assert report(client, device.digital_id).context["done"] is True
    assert check_presentation(make_token(device, key)).verdict == "suspended"


def test_the_log_names_the_holder_and_the_reason(client, device):
    report(client, device.digital_id)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.reason, entry.actor_kind) == (
        "digital_id.suspended",
        "device_lost",
        "citizen",
    )


def test_twice_is_as_good_as_once(client):
    digital_id = DigitalIDFactory(suspended=True)
    assert report(client, digital_id).context["done"] is True
    assert Entry.objects.filter(action="digital_id.suspended").count() == 0


def test_a_stranger_learns_nothing(client):
    digital_id = DigitalIDFactory()
    wrong = report(client, digital_id, "not the password")
    unknown = client.post(LOST, {"number": valid_number("1" * 12), "password": PASSWORD})
    assert [page.status_code for page in (wrong, unknown)] == [422, 422]
    assert wrong.context["form"].non_field_errors() == [WRONG]
    assert unknown.context["form"].non_field_errors() == [WRONG]
    assert DigitalID.objects.get(pk=digital_id.pk).status == "active"


def test_a_revoked_one_stays_revoked(client):
    digital_id = DigitalIDFactory(revoked=True)
    assert report(client, digital_id).status_code == 422
    assert DigitalID.objects.get(pk=digital_id.pk).status == "revoked"


def test_guessing_under_one_number_ends_and_locks_nobody_out(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"lost": (2, 3600)}
    digital_id = DigitalIDFactory()
    tries = [report(client, digital_id, "a guess").status_code for _ in range(3)]
    assert tries == [422, 422, 429]
    assert DigitalID.objects.get(pk=digital_id.pk).failed_attempts == 0
