"""Where the holder hears: kept with the digital ID, changed by its holder, handed on."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from identity import sessions
from identity.contacts import clean_contact, masked_contact, note_issued
from identity.models import DigitalID, HolderContact, HolderNotice, NoticeOutcome
from tests.identity.factories import PASSWORD, DigitalIDFactory
from tests.identity.messages import (
    PHONE,
    SENT_TO,
    give_contact,
    kinds_of,
    run_due_jobs,
    sent,
    sent_to,
)

pytestmark = pytest.mark.django_db
CONTACT, INBOX = reverse("identity:contact"), reverse("identity:inbox")
NEW = "new@example.org"


@pytest.fixture
def digital_id(folder) -> DigitalID:
    return DigitalIDFactory()


@pytest.fixture
def holder(client, digital_id) -> Client:
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time()
    session.save()
    return client


def change(holder: Client, contact: str, password: str = PASSWORD):
    return holder.post(CONTACT, {"contact": contact, "password": password})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081 234 5678", ("sms", SENT_TO)),
        ("+66 81-234-5678", ("sms", SENT_TO)),
        (" a@example.org ", ("email", "a@example.org")),
        ("๐๘๑๒๓๔๕๖๗๘", ("sms", SENT_TO)),
        ("a@ไทย.ไทย", ("email", "a@ไทย.ไทย")),
        ("a@ไทย๒.ไทย", ("email", "a@ไทย๒.ไทย")),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed, kept):
    assert clean_contact(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("021234567", "a@", "+1 212 555 0100", "somchai"),
        *('"\x01"@example.com', '"a b"@example.com', f"a@{'é' * 60}.com"),
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_contact(typed)


@pytest.mark.parametrize(("typed", "shown"), [(PHONE, "…5678"), (NEW, "n…@example.org")])
def test_an_address_is_shown_masked(holder, digital_id, typed, shown):
    give_contact(digital_id, typed)
    assert masked_contact(digital_id) == shown
    assert shown in holder.get(CONTACT).content.decode()
    assert typed not in holder.get(INBOX).content.decode()


def test_a_holder_of_the_pilot_gives_an_address_and_hears_there(holder, digital_id, folder):
    assert change(holder, PHONE).headers["Location"] == INBOX
    contact = HolderContact.objects.get()
    assert [contact.address, contact.language] == [SENT_TO, "en"]
    assert b"812345678" not in bytes(contact.address_sealed)
    run_due_jobs()
    assert [sent(folder), kinds_of(digital_id)] == [[], ["contact_changed"]]


@pytest.mark.parametrize("new", [NEW, ""])
def test_the_former_address_is_told_that_it_was_changed(holder, digital_id, folder, new):
    give_contact(digital_id)
    change(holder, new)
    run_due_jobs()
    assert sent_to(folder) == [SENT_TO]
    assert HolderContact.objects.count() == (1 if new else 0)


def test_a_changed_address_is_in_the_log_without_the_address(holder, digital_id):
    give_contact(digital_id)
    change(holder, NEW)
    entry = Entry.objects.filter(action=Action.CONTACT_CHANGED).latest("id")
    assert entry.details == {"channel": "email", "previous": "sms"}
    assert [entry.subject_id, entry.actor_kind] == [str(digital_id.pk), "citizen"]


@pytest.mark.parametrize(("contact", "password"), [(NEW, "wrong"), ("no address", PASSWORD)])
def test_without_the_password_or_an_address_nothing_changes(holder, digital_id, contact, password):
    give_contact(digital_id)
    assert change(holder, contact, password).status_code == 422
    assert HolderContact.objects.get().address == SENT_TO
    assert "contact_changed" not in kinds_of(digital_id)


def test_the_same_address_again_is_no_change(holder, digital_id):
    give_contact(digital_id)
    assert change(holder, PHONE).headers["Location"] == INBOX
    assert kinds_of(digital_id) == []


def test_a_message_on_its_way_still_goes_to_the_former_address(holder, digital_id, folder):
    give_contact(digital_id)
    for address in (NEW, "third@example.org"):
        change(holder, address)
    run_due_jobs()
    assert sent_to(folder) == [SENT_TO, NEW]


def issue(former: DigitalID | None = None, *, contact: str = "") -> DigitalID:
    if former:
        DigitalID.objects.filter(pk=former.pk).update(status="revoked")
    newer = DigitalIDFactory(**({"number_key": former.number_key} if former else {}))
    note_issued(newer, contact=clean_contact(contact) if contact else None, language="en")
    run_due_jobs()
    return newer


def test_a_first_digital_id_keeps_its_address_and_tells_it(folder):
    digital_id = issue(contact=PHONE)
    assert [sent_to(folder), kinds_of(digital_id)] == [[SENT_TO], ["issued"]]
    assert masked_contact(digital_id) == "…5678"


@pytest.mark.parametrize(
    ("given", "told", "kept"),
    [
        ("", [SENT_TO], "…5678"),
        (PHONE, [SENT_TO], "…5678"),
        (NEW, [SENT_TO, NEW], "n…@example.org"),
    ],
)
def test_both_addresses_hear_that_one_was_replaced_and_the_newer_keeps_one(
    folder, given, told, kept
):
    former = DigitalIDFactory()
    give_contact(former)
    newer = issue(former, contact=given)
    assert [sent_to(folder), masked_contact(newer), masked_contact(former)] == [told, kept, ""]
    assert [kinds_of(former), kinds_of(newer)] == [["replaced"], ["renewed"]]


def test_one_address_that_fails_keeps_the_message_from_no_other(folder, settings):
    settings.SENDERS = settings.SENDERS | {"sms": "tests.identity.test_contacts.Broken"}
    former = DigitalIDFactory()
    give_contact(former)
    issue(former, contact=NEW)
    outcomes = dict(HolderNotice.objects.values_list("kind", "outcome"))
    assert [sent_to(folder), outcomes["renewed"]] == [[NEW], NoticeOutcome.SENT]
    assert outcomes["replaced"] == NoticeOutcome.WAITING


class Broken:
    repeatable = True

    def hand_over(self, _message) -> None:
        raise OSError
