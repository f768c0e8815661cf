"""Where the digital ID was opened, and locking it everywhere but here."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity import sessions
from identity.devices import rename_device
from identity.openings import openings_of
from tests.identity.factories import PASSWORD, DeviceFactory
from tests.identity.messages import kinds_of
from tests.identity.unlocked import unlock

pytestmark = pytest.mark.django_db
PAGE, LOCK_OTHERS = reverse("relying_parties:services"), reverse("identity:lock_others")
CARD, UNLOCK, CONTACT = (reverse(f"identity:{name}") for name in ("card", "unlock", "contact"))


@pytest.fixture
def holder(client, device) -> Client:
    return unlock(client, device.digital_id, device)


def status(client: Client, address: str = CARD) -> int:
    return client.get(address).status_code


def told(device) -> list[tuple[str, bool]]:
    return [(one.device, one.right) for one in openings_of(device.digital_id)]


def test_each_password_that_was_entered_is_told_with_its_device(holder, device):
    other = unlock(Client(), device.digital_id)
    holder.post(UNLOCK, {"password": PASSWORD})
    other.post(UNLOCK, {"password": "not the password"})
    rename_device(device.digital_id, device, name="In the kitchen")
    assert told(device) == [("", False), ("In the kitchen", True)]
    page = holder.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    assert "In the kitchen" in page
    assert "Wrong password" in page


def test_the_log_knows_the_device_and_no_address(holder, device):
    holder.post(UNLOCK, {"password": PASSWORD})
    entry = Entry.objects.get(action="digital_id.unlocked")
    assert entry.details == {"device": str(device.pk)}


def test_short_ways_are_told_like_the_password(holder, device):
    key = {"device": str(device.pk)}
    for action, details in (
        (Action.DIGITAL_ID_UNLOCKED, {"how": "pin"}),
        (Action.DIGITAL_ID_UNLOCKED, {"how": "passkey"}),
        (Action.PIN_WRONG, {}),
        (Action.PASSKEY_REFUSED, {}),
    ):
        record(action, device.digital_id, actor=Actor.anonymous(), **details, **key)
    assert [(str(one.what), one.right) for one in openings_of(device.digital_id)] == [
        ("Fingerprint or face refused", False),
        ("Wrong PIN", False),
        ("Opened by fingerprint or face", True),
        ("Opened with the PIN", True),
    ]
    assert "Opened with the PIN" in holder.get(PAGE, headers={"Accept-Language": "en"}).text


def test_strangers_openings_are_nobody_elses(holder, device):
    stranger = DeviceFactory()
    unlock(Client(), stranger.digital_id, stranger).post(UNLOCK, {"password": PASSWORD})
    assert told(device) == []


def test_all_other_browsers_are_locked_at_once_and_this_one_is_not(holder, device):
    others = [unlock(Client(), device.digital_id), unlock(Client(), device.digital_id, device)]
    assert holder.post(LOCK_OTHERS).headers["Location"] == PAGE
    assert [status(one) for one in (holder, *others)] == [200, 302, 302]
    others[0].post(UNLOCK, {"password": PASSWORD})
    assert status(others[0]) == 200
    assert kinds_of(device.digital_id) == ["sessions_ended"]
    entry = Entry.objects.get(action="digital_id.others_locked")
    assert (entry.actor_kind, entry.subject_id) == ("citizen", str(device.digital_id_id))


def test_what_another_browser_was_in_the_middle_of_is_not_done(holder, device):
    other = unlock(Client(), device.digital_id)
    assert status(other, CONTACT) == 200
    holder.post(LOCK_OTHERS)
    answer = other.post(CONTACT, {"contact": "081-234-5678", "password": PASSWORD})
    assert answer.headers["Location"] == UNLOCK
    assert not Entry.objects.filter(action="digital_id.contact_changed").exists()


def test_locking_others_gives_this_one_no_more_time(holder, device):
    session = holder.session
    session[sessions.UNLOCKED_AT] = time.time() - sessions.UNLOCKED_FOR_SECONDS + 60
    session.save()
    holder.post(LOCK_OTHERS)
    session = holder.session
    session[sessions.UNLOCKED_AT] -= 61
    session.save()
    assert status(holder) == 302


def test_whoever_was_locked_cannot_lock_in_turn(holder, device):
    other = unlock(Client(), device.digital_id)
    holder.post(LOCK_OTHERS)
    assert other.post(LOCK_OTHERS).headers["Location"] == UNLOCK
    assert [status(one) for one in (holder, other)] == [200, 302]


def test_a_kept_mark_of_an_earlier_lock_keeps_nothing(holder, device):
    holder.post(LOCK_OTHERS)
    other = unlock(Client(), device.digital_id)
    other.post(LOCK_OTHERS)
    assert [status(one) for one in (holder, other)] == [302, 200]


def test_a_changed_password_locks_the_one_that_stayed_open_too(holder, device):
    holder.post(LOCK_OTHERS)
    new = {"password": PASSWORD, "first": "ข้าวเหนียวมะม่วง-2570", "second": "ข้าวเหนียวมะม่วง-2570"}
    unlock(Client(), device.digital_id).post(reverse("identity:password"), new)
    assert status(holder) == 302
