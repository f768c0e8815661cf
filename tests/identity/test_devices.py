"""The holder's devices: named, joined by a link, removed."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from identity import sessions
from identity.models import Device
from identity.presentation import check_presentation
from tests.identity.factories import PASSWORD, DeviceFactory
from tests.identity.tokens import make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(client, device) -> Client:
    session = client.session
    session[sessions.HOLDER] = str(device.digital_id_id)
    session[sessions.UNLOCKED_AT] = time.time()
    session[sessions.DEVICE] = str(device.pk)
    session.save()
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"identity:{name}", args=args)


def last_entry() -> tuple[str, str]:
    entry = Entry.objects.latest("id")
    return entry.action, entry.details.get("device", "")


def test_the_list_holds_the_devices_that_can_show(holder, device):
    second = DeviceFactory(digital_id=device.digital_id, name="iPad")
    DeviceFactory(digital_id=device.digital_id, removed=True)
    DeviceFactory()  # somebody else's
    page = holder.get(address("devices"))
    assert list(page.context["devices"]) == [device, second]
    assert page.context["this"] == device


def test_a_device_is_renamed_and_the_log_says_so(holder, device):
    holder.post(address("rename_device", device.pk), {"name": "โทรศัพท์ของแม่"})
    assert Device.objects.get(pk=device.pk).name == "โทรศัพท์ของแม่"
    assert last_entry() == ("device.renamed", str(device.pk))


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_that_does_not_fit_changes_nothing(holder, device, name):
    holder.post(address("rename_device", device.pk), {"name": name})
    assert Device.objects.get(pk=device.pk).name == device.name


def test_what_a_removed_device_signs_is_refused(holder, device, key):
    assert holder.get(address("remove_device", device.pk)).status_code == 200
    assert check_presentation(make_token(device, key)).verdict == "valid"
    holder.post(address("remove_device", device.pk))
    assert last_entry() == ("device.removed", str(device.pk))
    assert check_presentation(make_token(device, key)).verdict == "not_ours"


def browser_of(device: Device) -> Client:
    """Another browser of the holder, unlocked, with this device's key."""
    browser = Client()
    session = browser.session
    session[sessions.HOLDER] = str(device.digital_id_id)
    session[sessions.UNLOCKED_AT], session[sessions.DEVICE] = time.time(), str(device.pk)
    session.save()
    return browser


def test_a_browser_whose_device_was_removed_is_out_whoever_knows_the_password(holder, device):
    stolen = DeviceFactory(digital_id=device.digital_id)
    thief = browser_of(stolen)
    assert thief.get(address("card")).status_code == 200
    holder.post(address("remove_device", stolen.pk))
    assert thief.get(address("card")).headers["Location"] == address("unlock")
    assert thief.post(address("unlock"), {"password": PASSWORD}).status_code == 422
    assert thief.get(address("devices")).headers["Location"] == address("unlock")


def test_whoever_removes_the_device_at_hand_may_bind_it_again(holder, device):
    answer = holder.post(address("remove_device", device.pk), follow=True)
    assert (answer.status_code, answer.context["this"]) == (200, None)
    assert holder.get(address("card")).status_code == 200


@pytest.mark.parametrize("name", ["rename_device", "remove_device"])
def test_somebody_elses_device_is_not_there(holder, name):
    stranger = DeviceFactory()
    answer = holder.post(address(name, stranger.pk), {"name": "mine"})
    assert answer.status_code == 404
    kept = Device.objects.get(pk=stranger.pk)
    assert (kept.name, kept.removed_at) == (stranger.name, None)


def test_a_link_brings_another_browser_to_the_password(holder, device):
    link = holder.post(address("add_device"), follow=True).context["link"]
    assert last_entry()[0] == "handoff.opened"
    other = Client()
    assert other.get(link).status_code == 200
    assert other.post(link).headers["Location"] == address("unlock")
    opened = other.post(address("unlock"), {"password": PASSWORD})
    assert opened.headers["Location"] == address("card")


def test_a_link_serves_once(holder, device):
    link = holder.post(address("add_device"), follow=True).context["link"]
    assert holder.get(address("add_device")).context["link"] == link  # a reload shows the same
    Client().post(link)
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410
    assert holder.get(address("add_device")).headers["Location"] == address("devices")


def test_a_made_up_link_opens_nothing(client):
    answer = client.post(address("join", "made-up"))
    assert (answer.status_code, sessions.HOLDER in client.session) == (410, False)
