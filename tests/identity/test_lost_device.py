"""A lost phone: suspended from any browser, by number and password alone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.guard.models import Tries
from core.guard.tries import Origin
from identity.lost_device import WRONG
from identity.models import DigitalID
from identity.passwords import FREE_TRIES, PasswordPaused, try_password
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


def main_of(page) -> str:
    return page.text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("wiped", [False, True])
def test_whoever_goes_on_guessing_learns_nothing_more(client, wiped):
    digital_id = DigitalIDFactory()
    told = [report(client, digital_id, f"guess {one}").status_code for one in range(FREE_TRIES)]
    if wiped:
        cache.clear()
    wrong = report(client, digital_id, "one more guess")
    assert [*told, wrong.status_code] == [422] * FREE_TRIES + [200]
    assert (wrong.context["done"], wrong.context["noted"]) == (False, True)
    right = report(client, digital_id)
    assert [main_of(right), DigitalID.objects.get(pk=digital_id.pk).status] == [
        main_of(wrong),
        "suspended",
    ]


def test_an_unknown_number_is_counted_and_answered_alike(client):
    asked = {"number": valid_number("1" * 12), "password": PASSWORD}
    pages = [client.post(LOST, asked) for _ in range(FREE_TRIES + 1)]
    assert [page.context["noted"] for page in pages] == [False] * FREE_TRIES + [True]


@pytest.mark.parametrize("where", ["127.0.0.1", "198.51.100.7"])
def test_nobody_keeps_the_holder_from_suspending(client, where):
    digital_id = DigitalIDFactory()
    said = {"number": digital_id.holder.number, "password": "a guess"}
    Client().post(LOST, said, REMOTE_ADDR=where)
    Tries.objects.update(tries=1000, locked_until=timezone.now() + timedelta(hours=1))
    assert report(client, digital_id).status_code == 200
    assert DigitalID.objects.get(pk=digital_id.pk).status == "suspended"


def test_guesses_at_this_page_and_at_the_card_count_together(client):
    digital_id = DigitalIDFactory()
    for one in range(FREE_TRIES):
        report(client, digital_id, f"guess {one}")
    with pytest.raises(PasswordPaused):
        try_password(digital_id, PASSWORD, origin=Origin("address:127.0.0.1"))
