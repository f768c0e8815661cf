"""A PIN opens on its device alone; five wrong ones end it, and nothing else."""

import time

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from audit.services import Actor
from identity.life import LifeReason, change_status
from identity.models import Device, Pin
from identity.pins import MOST_TRIES, OVER
from tests.identity.factories import PASSWORD, DeviceFactory
from tests.identity.messages import give_contact, kinds_of
from tests.identity.short import (
    PIN,
    SHORT,
    UNLOCK,
    confirmed,
    is_open,
    open_by_pin,
    proof,
    set_pin,
    written,
)
from tests.identity.unlocked import unlock

pytestmark = pytest.mark.django_db
WRONG_PIN = "917264"


@pytest.fixture
def phone(client, device) -> Client:
    """The holder's, with a PIN, locked."""
    set_pin(confirmed(client, device))
    client.post(reverse("identity:lock"))
    return client


def guess(client: Client, device: Device, key: ECKey, times: int) -> None:
    for _ in range(times):
        assert open_by_pin(client, device, key, WRONG_PIN).status_code == 422


def test_it_is_set_for_the_password_and_the_holder_is_told(client, device):
    unlock(client, device.digital_id, device)
    assert set_pin(client).headers["Location"] == SHORT
    assert not Pin.objects.exists()  # without the password nothing is set
    assert client.post(SHORT, {"password": "wrong"}).status_code == 422
    set_pin(client)
    assert not Pin.objects.exists()
    client.post(SHORT, {"password": PASSWORD})
    set_pin(client)
    assert Pin.objects.get().device_id == device.pk
    assert PIN not in Pin.objects.get().hashed
    assert written()[-1] == ("device.pin_set", {"device": str(device.pk)})
    assert kinds_of(device.digital_id) == ["pin_set"]


def test_the_password_counts_for_five_minutes_and_not_once_locked(client, device):
    confirmed(client, device)
    client.post(reverse("identity:lock"))
    client.post(UNLOCK, {"password": PASSWORD})
    set_pin(client)
    assert not Pin.objects.exists()
    client.post(SHORT, {"password": PASSWORD})
    with time_machine.travel(time.time() + 301):
        set_pin(client)
    assert not Pin.objects.exists()


def test_a_browser_that_is_no_device_of_the_holder_sets_none(client, device):
    unlock(client, device.digital_id).post(SHORT, {"password": PASSWORD})
    set_pin(client)
    assert not Pin.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (PIN, "480914", "second"),
        ("48091", "48091", "first"),
        ("4809137", "4809137", "first"),
        ("48o913", "48o913", "first"),
        ("111111", "111111", "first"),
        ("120281", "120281", "first"),  # the birth date
        ("812345", "812345", "first"),  # of the telephone that messages go to
    ],
)
def test_what_is_no_pin_or_soon_guessed_is_refused_at_its_field(
    client, device, first, second, field
):
    give_contact(device.digital_id)
    answer = set_pin(confirmed(client, device), first, second)
    assert (answer.status_code, list(answer.context["pin_form"].errors)) == (422, [field])
    assert not Pin.objects.exists()


def test_thai_digits_are_digits(client, device, key):
    set_pin(confirmed(client, device), "๔๘๐๙๑๓")
    assert open_by_pin(Client(), device, key).status_code == 302


def test_it_opens_where_the_devices_key_signs_with_session_or_without(phone, device, key):
    assert not is_open(phone)
    assert open_by_pin(phone, device, key).status_code == 302
    assert is_open(phone)
    other = Client()
    open_by_pin(other, device, key)
    assert is_open(other)
    assert written()[-1] == ("digital_id.unlocked", {"how": "pin", "device": str(device.pk)})


def test_what_is_opened_so_sets_up_nothing_without_the_password(phone, device, key):
    open_by_pin(phone, device, key)
    set_pin(phone, "592047")
    open_by_pin(Client(), device, key)
    assert Pin.objects.get().tries == 0
    assert open_by_pin(Client(), device, key, "592047").status_code == 422


def test_without_the_devices_key_the_right_pin_says_nothing_and_counts_nothing(phone, device):
    foreign = ECKey.generate_key("P-256")
    with_pin = open_by_pin(Client(), device, foreign)
    without = open_by_pin(Client(), DeviceFactory(), foreign)
    errors = [answer.context["form"].errors for answer in (with_pin, without)]
    assert errors[0] == errors[1] != {}
    unsigned = phone.post(UNLOCK, {"pin": PIN, "proof": ""})
    assert unsigned.context["form"].errors == errors[0]
    assert Pin.objects.get().tries == 0


def test_a_signature_serves_once(phone, device, key):
    sent = {"pin": PIN, "proof": proof(device, key)}
    assert [Client().post(UNLOCK, sent).status_code for _ in range(2)] == [302, 422]


def test_the_key_of_the_holders_other_device_does_not_open_by_it(phone, device):
    key = ECKey.generate_key("P-256")
    other = DeviceFactory(digital_id=device.digital_id, key=key)
    answer = open_by_pin(Client(), other, key)
    assert answer.context["form"].errors == {"password": [str(OVER)]}


def test_five_wrong_ones_end_it_and_the_password_opens_as_before(phone, device, key):
    guess(phone, device, key, MOST_TRIES - 1)
    cache.clear()  # Redis may be wiped: nothing is forgotten
    last = open_by_pin(phone, device, key, WRONG_PIN)
    assert last.context["form"].errors == {"password": [str(OVER)]}
    assert last.context["form"].pin_over
    assert open_by_pin(phone, device, key).status_code == 422
    ended = ("device.pin_removed", {"why": "tries", "device": str(device.pk)})
    assert written()[-1] == ended
    assert kinds_of(device.digital_id)[-1] == "pin_ended"
    assert phone.post(UNLOCK, {"password": PASSWORD}).status_code == 302


def test_a_right_one_begins_the_count_anew(phone, device, key):
    for _ in range(2):
        guess(phone, device, key, MOST_TRIES - 1)
        assert open_by_pin(phone, device, key).status_code == 302


def test_a_day_of_patience_gives_no_more_tries(phone, device, key):
    guess(phone, device, key, MOST_TRIES - 1)
    with time_machine.travel(time.time() + 10 * 24 * 3600):
        guess(phone, device, key, 1)
    assert not Pin.objects.exists()


ENDS = {
    "removed": lambda client, device: client.post(
        reverse("identity:remove_way", args=[device.pk, "pin"])
    ),
    "device": lambda client, device: client.post(
        reverse("identity:remove_device", args=[device.pk])
    ),
    "password": lambda client, _device: client.post(
        reverse("identity:password"),
        {"password": PASSWORD, "first": "ข้าวเหนียว-2570", "second": "ข้าวเหนียว-2570"},
    ),
    "revoked": lambda _client, device: change_status(
        device.digital_id, "revoke", actor=Actor.system("test"), reason=LifeReason.RENEWED
    ),
}


@pytest.mark.parametrize("why", ENDS)
def test_it_ends_with_what_it_rests_on(phone, device, key, why):
    unlock(phone, device.digital_id, device)
    ENDS[why](phone, device)
    assert not Pin.objects.exists()
    assert ("device.pin_removed", {"device": str(device.pk), "why": why}) in written()
    assert open_by_pin(Client(), device, key).status_code == 422


def test_only_what_the_holder_takes_away_alone_is_told_of_alone(phone, device):
    unlock(phone, device.digital_id, device)
    ENDS["removed"](phone, device)
    ENDS["removed"](phone, device)
    assert kinds_of(device.digital_id) == ["pin_set", "pin_removed"]


def test_nobody_else_takes_it_away(phone, device):
    stranger = DeviceFactory()
    thief = unlock(Client(), stranger.digital_id, stranger)
    assert ENDS["removed"](thief, device).status_code == 404
    address = reverse("identity:remove_way", args=[stranger.pk, "device"])
    assert thief.post(address).status_code == 404
    assert Pin.objects.exists()


@pytest.mark.parametrize("name", ["password", "end", "data", "bind", "contact"])
def test_acts_that_ask_for_the_password_take_no_pin(phone, device, key, name):
    open_by_pin(phone, device, key)
    answer = phone.post(reverse(f"identity:{name}"), {"pin": PIN, "proof": proof(device, key)})
    assert answer.status_code == 422
