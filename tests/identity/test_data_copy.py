"""The holder's copy of the data: whole, for the password, written down each time."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity.access import ask_about
from identity.data_copy import WORDS, as_read, make_copy
from identity.models import DigitalID, Pin
from identity.person import FIELDS
from registration.models import Enrollment
from relying_parties.services import agree
from tests.factories import EnrollmentFactory
from tests.identity.factories import PASSWORD, DeviceFactory, DigitalIDFactory, portrait
from tests.identity.messages import give_contact, kinds_of
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock
from tests.relying_parties.factories import RelyingPartyFactory

pytestmark = pytest.mark.django_db
DATA, FILE = reverse("identity:data"), reverse("identity:data_file")
PARTS = {"digital_id", "devices", "contact", "messages", "accesses", "questions"}
PARTS |= {"registrations", "services", "wallets"}


@pytest.fixture
def enrollment() -> Enrollment:
    return EnrollmentFactory()


@pytest.fixture
def digital_id(enrollment, folder) -> DigitalID:
    return DigitalIDFactory(enrollment_id=enrollment.pk)


@pytest.fixture
def holder(client, digital_id) -> Client:
    return unlock(client, digital_id)


def copies() -> list[str]:
    made = Entry.objects.filter(action=Action.DATA_COPIED).order_by("id")
    return [entry.details["kind"] for entry in made]


def test_the_password_opens_it_for_minutes_and_each_look_is_written_down(holder, digital_id):
    assert holder.get(DATA).context["parts"] == []
    assert holder.get(FILE).headers["Location"] == DATA
    holder.post(DATA, {"password": PASSWORD})
    assert digital_id.holder.number in holder.get(DATA).content.decode()
    assert holder.get(FILE).headers["Content-Disposition"] == 'attachment; filename="d-dopa.json"'
    assert (copies(), kinds_of(digital_id)) == (["page", "file"], ["data_copied"])
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert holder.get(FILE).headers["Location"] == DATA
    assert copies() == ["page", "file"]


def test_a_wrong_password_shows_nothing_and_tells_nobody(holder, digital_id):
    answer = holder.post(DATA, {"password": "wrong"})
    assert (answer.status_code, answer.context["parts"]) == (422, [])
    assert (copies(), kinds_of(digital_id)) == ([], [])


def test_the_file_holds_every_part_and_what_was_asked(holder, digital_id, enrollment):
    give_contact(digital_id)
    Pin.objects.create(device=DeviceFactory(digital_id=digital_id, name="iPhone"), hashed="x")
    entry = record(Action.DIGITAL_ID_CHECKED, digital_id, actor=Actor.anonymous())
    ask_about(digital_id, entry, words="Who was it?")
    party = RelyingPartyFactory()
    agree(digital_id, party, claims=["name"])
    holder.post(DATA, {"password": PASSWORD})
    said = holder.get(FILE, headers={"Accept-Language": "th"}).json()
    assert set(said) == PARTS | {"made_at", "portrait_jpeg"}
    assert base64.b64decode(said["portrait_jpeg"]) == portrait()
    assert said["digital_id"][0]["first_name_th"] == "มาลี"
    assert said["contact"][0]["address_for_messages"] == "+66812345678"
    assert [(one["name"], one["opened_by"]) for one in said["devices"]] == [("iPhone", ["PIN"])]
    assert [one["question"] for one in said["questions"]] == ["Who was it?"]
    assert [one["reference"] for one in said["registrations"]] == [enrollment.reference]
    assert [one["name"] for one in said["services"]] == [party.name_th]


def test_what_came_after_and_what_is_others_is_not_in_it(digital_id):
    later = DigitalIDFactory(number_key=digital_id.number_key, status="revoked")
    DigitalID.objects.filter(pk=later.pk).update(
        issued_at=timezone.now() + timedelta(days=1), enrollment_id=EnrollmentFactory().pk
    )
    EnrollmentFactory(number_key=digital_id.number_key)  # somebody's attempt
    copy = make_copy(digital_id, kind="file")
    references = [one["reference"] for one in copy["registrations"]]
    assert references == [Enrollment.objects.get(pk=digital_id.enrollment_id).reference]


@pytest.mark.parametrize("birth_date", ["1952", "1952-03", "1952-03-09"])
@pytest.mark.parametrize("expiry_date", ["lifelong", "2031-02-11"])
def test_every_name_has_a_word_and_every_value_a_text(digital_id, birth_date, expiry_date):
    person = replace(digital_id.holder, birth_date=birth_date, expiry_date=expiry_date)
    digital_id.holder = person
    copy = make_copy(digital_id, kind="page")
    used = {name for part in PARTS for row in copy[part] for name in row}
    assert used <= set(WORDS) | set(FIELDS)
    assert all(text for _title, rows in as_read(copy) for row in rows for _word, text in row)


def test_the_app_gets_the_same_for_the_password(device, key):
    def ask(password: str):
        return Client().post(
            reverse("identity_api:copy"),
            {"password": password},
            "application/json",
            headers={"Authorization": f"Device {make_token(device, key, aud='unlock')}"},
        )

    assert ask("wrong").status_code == 403
    assert set(ask(PASSWORD).json()) == PARTS | {"made_at", "portrait_jpeg"}
    assert copies() == ["app"]
