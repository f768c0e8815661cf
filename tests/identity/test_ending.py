"""The holder ends the digital ID: in a day, unless it is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import do_duties, overdue_seconds
from identity.models import DigitalID
from identity.presentation import check_presentation
from tests.identity.factories import PASSWORD, DigitalIDFactory
from tests.identity.messages import kinds_of
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock

pytestmark = pytest.mark.django_db
END, KEEP, OWN = (reverse(f"identity:{name}") for name in ("end", "keep", "own"))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def holder(client, device, folder) -> Client:
    return unlock(client, device.digital_id, device)


def ask(holder: Client, device, *, digits: str = "", password: str = PASSWORD):
    last = device.digital_id.holder.number[-4:]
    return holder.post(END, {"digits": digits or last, "password": password})


def status(device) -> str:
    return DigitalID.objects.get(pk=device.digital_id_id).status


def keep_house(after: timedelta) -> None:
    with time_machine.travel(timezone.now() + after):
        do_duties(within=MINUTE)


def actions() -> list[str]:
    mine = Entry.objects.filter(action__startswith="digital_id.").order_by("id")
    return [action for action in mine.values_list("action", flat=True) if "unlock" not in action]


def test_it_works_for_a_day_and_ends_then(holder, device, key):
    assert ask(holder, device).headers["Location"] == OWN
    keep_house(DAY - MINUTE)
    assert check_presentation(make_token(device, key)).verdict == "valid"
    keep_house(DAY + MINUTE)
    assert check_presentation(make_token(device, key)).verdict == "revoked"
    assert kinds_of(device.digital_id) == ["end_asked", "revoked"]
    assert [one for one in actions() if "checked" not in one] == [
        "digital_id.end_asked",
        "digital_id.revoked",
    ]
    ended = Entry.objects.get(action="digital_id.revoked")
    assert (ended.reason, ended.actor_kind) == ("holder_asked", "system")


def test_whoever_keeps_it_keeps_it(holder, device):
    ask(holder, device)
    assert (
        "Keep my digital ID" in holder.get(OWN, headers={"Accept-Language": "en"}).content.decode()
    )
    holder.post(KEEP)
    keep_house(DAY + MINUTE)
    assert status(device) == "active"
    assert actions() == ["digital_id.end_asked", "digital_id.end_taken_back"]
    assert kinds_of(device.digital_id) == ["end_asked", "end_taken_back"]


def test_asking_again_puts_nothing_off_and_tells_nothing_twice(holder, device):
    ask(holder, device)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        ask(holder, device)
    keep_house(DAY + MINUTE)
    assert status(device) == "revoked"
    assert kinds_of(device.digital_id) == ["end_asked", "revoked"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"digits": "0000x"}, "digits"),
        ({"password": "wrong"}, "password"),
        ({"digits": "0000x", "password": "wrong"}, "password"),  # of the digits nothing is told
    ],
)
def test_a_slip_or_a_stranger_ends_nothing(holder, device, typed, field):
    answer = ask(holder, device, **typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    keep_house(2 * DAY)
    assert (status(device), actions()) == ("active", [])


def test_what_is_revoked_is_not_ended_again(client):
    digital_id = DigitalIDFactory(status="revoked")
    unlock(client, digital_id)
    last = digital_id.holder.number[-4:]
    assert client.post(END, {"digits": last, "password": PASSWORD}).headers["Location"] == OWN
    client.post(KEEP)
    assert actions() == []


def test_one_that_should_have_ended_shows_in_the_gauge(holder, device):
    ask(holder, device)
    with time_machine.travel(timezone.now() + DAY + timedelta(hours=1)):
        assert overdue_seconds()["ended_digital_ids"] == pytest.approx(3600, abs=60)


def by_app(device, key, act: str, **data: str):
    return Client().post(
        reverse(f"identity_api:{act}"),
        {"password": PASSWORD} | data,
        "application/json",
        headers={"Authorization": f"Device {make_token(device, key, aud='unlock')}"},
    )


def test_the_app_ends_it_and_keeps_it(device, key):
    last = device.digital_id.holder.number[-4:]
    ends = by_app(device, key, "end", digits=last).json()["ending_at"]
    assert ends[:10] == timezone.localdate(timezone.now() + DAY).isoformat()
    assert by_app(device, key, "keep").status_code == 204
    assert by_app(device, key, "keep").status_code == 409
    assert actions() == ["digital_id.end_asked", "digital_id.end_taken_back"]


def test_the_app_is_told_of_a_slip(device, key):
    answer = by_app(device, key, "end", digits="0000x")
    assert (answer.status_code, actions()) == (400, [])


def test_without_the_password_the_app_keeps_nothing(device, key):
    by_app(device, key, "end", digits=device.digital_id.holder.number[-4:])
    assert by_app(device, key, "keep", password="wrong").status_code == 403
    keep_house(DAY + MINUTE)
    assert status(device) == "revoked"
