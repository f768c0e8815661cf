"""The holder changes the password: asked for the present one, and everybody is told."""

import pytest
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from audit.actions import Action
from audit.models import Entry
from core.guard.models import Tries
from identity.models import DigitalID
from identity.passwords import verify_password
from tests.identity.factories import PASSWORD
from tests.identity.messages import SENT_TO, give_contact, kinds_of, run_due_jobs, sent_to
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock

pytestmark = pytest.mark.django_db
CHANGE, CARD, UNLOCK = (reverse(f"identity:{name}") for name in ("password", "card", "unlock"))
NEW = "ข้าวเหนียวมะม่วง-2570"


@pytest.fixture
def holder(client, device, folder) -> Client:
    return unlock(client, device.digital_id, device)


def change(holder: Client, *, old: str = PASSWORD, first: str = NEW, second: str = ""):
    typed = {"password": old, "first": first, "second": second or first}
    return holder.post(CHANGE, typed)


def opens(digital_id: DigitalID, password: str) -> bool:
    return verify_password(DigitalID.objects.get(pk=digital_id.pk).password, password)


def changes() -> int:
    return Entry.objects.filter(action=Action.PASSWORD_CHANGED).count()


def test_from_then_on_the_new_one_opens_and_the_old_one_does_not(holder, device):
    assert change(holder).headers["Location"] == UNLOCK
    assert (opens(device.digital_id, NEW), opens(device.digital_id, PASSWORD)) == (True, False)
    assert changes() == 1


def test_every_browser_is_locked_until_the_new_one_is_entered(holder, device):
    other = unlock(Client(), device.digital_id)
    change(holder)
    assert [one.get(CARD).status_code for one in (holder, other)] == [302, 302]
    assert other.post(UNLOCK, {"password": PASSWORD}).status_code == 422
    other.post(UNLOCK, {"password": NEW})
    assert other.get(CARD).status_code == 200


def test_the_holder_is_told_in_the_inbox_and_at_the_address(holder, device, folder):
    give_contact(device.digital_id)
    run_due_jobs()
    change(holder)
    run_due_jobs()
    assert kinds_of(device.digital_id) == ["password_changed"]
    assert sent_to(folder)[-1] == SENT_TO


def test_whoever_does_not_know_the_present_one_changes_nothing_and_is_counted(holder, device):
    answer = change(holder, old="wrong")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password"]
    assert (opens(device.digital_id, PASSWORD), changes()) == (True, 0)
    assert Tries.objects.get().tries == 1


def test_after_five_wrong_ones_the_right_one_has_to_wait(holder, device):
    for _ in range(5):
        change(holder, old="wrong")
    assert change(holder).status_code == 422
    assert opens(device.digital_id, PASSWORD)


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (NEW, NEW + "x", "second"),
        (PASSWORD, PASSWORD, "first"),
        ("12345678", "12345678", "first"),
        ("19810212-mali", "19810212-mali", "first"),  # the birth date on the card
        ("short", "short", "first"),
    ],
)
def test_what_cannot_be_a_password_is_refused_at_its_field(holder, device, first, second, field):
    answer = change(holder, first=first, second=second)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (opens(device.digital_id, PASSWORD), changes()) == (True, 0)


def test_the_page_of_all_acts_leads_there(holder):
    assert CHANGE in holder.get(reverse("identity:own")).content.decode()


def by_app(device, key, *, old: str = PASSWORD, first: str = NEW):
    proof = make_token(device, key, aud="unlock")
    return Client().post(
        reverse("identity_api:password"),
        {"password": old, "first": first, "second": first},
        "application/json",
        headers={"Authorization": f"Device {proof}", "Accept-Language": "en"},
    )


def test_the_app_changes_it_by_the_devices_key_and_the_present_one(device, key):
    assert by_app(device, key).status_code == 204
    assert (opens(device.digital_id, NEW), changes()) == (True, 1)


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ({"old": "wrong"}, 403, "password_refused"),
        ({"first": PASSWORD}, 400, "same_password"),
        ({"first": "short"}, 400, "password_length"),
    ],
)
def test_what_the_app_is_refused_is_told_as_a_problem(device, key, typed, status, code):
    answer = by_app(device, key, **typed)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)
    assert opens(device.digital_id, PASSWORD)


def test_another_devices_key_changes_nothing(device):
    assert by_app(device, ECKey.generate_key("P-256")).status_code == 401
    assert opens(device.digital_id, PASSWORD)
