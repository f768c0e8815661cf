"""The holder hears of what happens to the digital ID: in the inbox, and once at an address."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.guard import NotForTheLog
from audit.models import Entry
from audit.services import Actor
from core.guard.models import Tries
from core.guard.tries import Origin
from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from identity.devices import remove_device
from identity.following import follow_register
from identity.jobs import send_to_holder
from identity.life import LifeReason, change_status
from identity.models import Device, DigitalID, HolderNotice, NoticeKind, NoticeOutcome
from identity.notification_delivery import SENTENCES
from identity.notifications import NOTIFY_MANY, notify_holder
from identity.passwords import PasswordRefused, try_password
from identity.services import bind_device
from population.models import PopulationRecord
from tests.identity.factories import (
    DeviceFactory,
    DigitalIDFactory,
    PopulationRecordFactory,
    make_person,
    public_part,
)
from tests.identity.messages import SENT_TO, give_contact, kinds_of, run_due_jobs, sent, sent_to

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("test")
NUMBER = "1101700230708"


@pytest.fixture
def digital_id(folder) -> DigitalID:
    made = DigitalIDFactory(number=NUMBER)
    give_contact(made)
    return made


def bind(digital_id: DigitalID, key, **more) -> Device:
    return bind_device(
        digital_id, public_key=public_part(key), name="มือถือของมาลี", actor=ACTOR, **more
    )


def guess(digital_id: DigitalID, times: int) -> None:
    for _ in range(times):
        with pytest.raises(PasswordRefused):
            try_password(digital_id, "wrong-password", origin=Origin("address:x"))


def told(digital_id: DigitalID) -> dict:
    """The details of its only notice, once the only message is out."""
    run_due_jobs()
    [notice] = HolderNotice.objects.filter(digital_id=digital_id)
    assert [notice.outcome, notice.recipients] == [NoticeOutcome.SENT, None]
    return {"kind": notice.kind, **notice.details}


def test_a_new_device_is_told_by_its_id_and_not_by_its_name(digital_id, key, folder):
    device = bind(digital_id, key)
    assert told(digital_id) == {"kind": "device_added", "device": str(device.pk)}
    assert sent_to(folder) == [SENT_TO]


def test_the_device_that_the_issue_binds_is_told_by_the_issue(digital_id, key):
    bind(digital_id, key, notice=None)
    assert kinds_of(digital_id) == []


def test_a_removed_device_is_told_once(digital_id):
    device = DeviceFactory(digital_id=digital_id)
    for _ in range(2):
        remove_device(digital_id, device)
    assert told(digital_id) == {"kind": "device_removed", "device": str(device.pk)}


@pytest.mark.parametrize(
    ("step", "kind", "before"),
    [
        ("suspend", "suspended", "active"),
        ("resume", "resumed", "suspended"),
        ("revoke", "revoked", "active"),
    ],
)
def test_each_change_of_standing_is_told_with_its_reason(digital_id, step, kind, before):
    DigitalID.objects.update(status=before)
    change_status(digital_id, step, actor=ACTOR, reason=LifeReason.MISUSED)
    assert told(digital_id) == {"kind": kind, "reason": "misused"}


def test_what_a_renewal_revokes_is_told_by_the_newer_ones_issue(digital_id):
    change_status(digital_id, "revoke", actor=ACTOR, reason=LifeReason.RENEWED)
    assert kinds_of(digital_id) == []


def test_the_fifth_wrong_password_is_told_and_the_fourth_and_sixth_are_not(digital_id, folder):
    guess(digital_id, 4)
    assert kinds_of(digital_id) == []
    guess(digital_id, 1)
    Tries.objects.update(locked_until=None)
    guess(digital_id, 3)
    assert told(digital_id) == {"kind": "unlocks_failed"}


def test_what_anybody_can_cause_is_sent_once_in_hours_and_always_in_the_inbox(digital_id, folder):
    for hours in (0, 1, 7):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            notify_holder(digital_id, NoticeKind.RENEWAL_BEGUN, once=uuid.uuid4())
            run_due_jobs()
    assert [len(sent(folder)), len(kinds_of(digital_id))] == [2, 3]


def test_what_is_told_once_is_told_once(digital_id, folder):
    service = uuid.uuid4()
    notices = [notify_holder(digital_id, NoticeKind.FIRST_SIGN_IN, once=service) for _ in range(2)]
    run_due_jobs()
    assert [notices[1], len(sent(folder))] == [None, 1]


def follow_now(keys: list) -> None:
    follow_register(PopulationRecord.objects.in_bulk(keys), actor=ACTOR)


def married(number: str) -> None:
    PopulationRecordFactory(number=number, person=make_person(number, last_name_th="สุขสันต์"))


def test_a_name_brought_up_to_date_is_told_without_the_name(digital_id, folder):
    married(NUMBER)
    follow_now([digital_id.number_key])
    assert told(digital_id) == {"kind": "updated"}
    assert "สุขสันต์" not in str(sent(folder))


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [("deceased", "revoked", "holder_died"), ("removed", "suspended", "left_register")],
)
def test_who_leaves_the_register_is_told_once(digital_id, status, kind, reason):
    PopulationRecordFactory(number=NUMBER, status=status)
    follow_now([digital_id.number_key])
    assert told(digital_id) == {"kind": kind, "reason": reason}


@pytest.mark.parametrize("people", [1, 3])
def test_many_notices_of_an_import_take_three_statements(
    folder, people, django_assert_max_num_queries
):
    numbers = [PopulationRecordFactory(status="removed").person.number for _ in range(people)]
    digital_ids = [DigitalIDFactory(number=number) for number in numbers]
    for one in digital_ids:
        give_contact(one)
    Job.objects.all().delete()
    own, each = 4 + 3 + 2, 6  # follow_register and a savepoint; of each change_status
    with django_assert_max_num_queries(own + each * people):
        follow_now([one.number_key for one in digital_ids])
    assert set(Job.objects.values_list("kind", "sent_at")) == {(NOTIFY_MANY, None)}


def test_the_message_is_in_the_holders_language_and_names_nobody(digital_id, key, folder):
    give_contact(digital_id, "malee@example.org", language="th")
    device = bind(digital_id, key)
    run_due_jobs()
    [message] = sent(folder)
    personal = ("มาลี", "Malee", NUMBER, "http", str(device.pk), digital_id.pk.hex)
    assert [word for word in personal if word in message["text"] + message["subject"]] == []
    assert message["text"].startswith("มีการเพิ่มอุปกรณ์")


def test_neither_job_nor_log_knows_the_address(digital_id, key, caplog):
    bind(digital_id, key)
    run_due_jobs()
    kept = str([list(model.objects.values()) for model in (Job, Entry)]) + caplog.text
    assert [word for word in ("812345678", "มาลี", NUMBER) if word in kept] == []


def test_a_waiting_notice_holds_its_address_sealed(digital_id, key):
    bind(digital_id, key)
    notice = HolderNotice.objects.get()
    assert notice.recipients == [["sms", SENT_TO, "en"]]
    assert b"812345678" not in bytes(notice.recipients_sealed)


def test_personal_data_never_get_into_a_notice(digital_id):
    with pytest.raises(NotForTheLog):
        notify_holder(digital_id, NoticeKind.UPDATED, name="malee@example.org")


def test_who_has_no_address_finds_it_in_the_inbox_and_costs_no_job(folder, key):
    digital_id = DigitalIDFactory()
    bind(digital_id, key)
    notice = HolderNotice.objects.get()
    assert [notice.outcome, Job.objects.count()] == [NoticeOutcome.INBOX_ONLY, 0]


def test_without_a_gateway_it_is_not_sent_and_said_so(digital_id, key, settings):
    settings.SENDERS = {"sms": "", "email": ""}
    bind(digital_id, key)
    run_due_jobs()
    assert HolderNotice.objects.get().outcome == NoticeOutcome.NOT_SENT


def test_a_worker_killed_after_it_sent_sends_no_second_message(digital_id, key, folder):
    bind(digital_id, key)
    job = outbox.claim(Job.objects.get().pk)
    Job.objects.update(claim=uuid.uuid4())
    with pytest.raises(outbox.ClaimLost):
        send_to_holder(job)
    [before] = [file.stat().st_mtime_ns for file in folder.glob("*.json")]
    Job.objects.update(state=JobState.READY)
    run_due_jobs()
    assert [file.stat().st_mtime_ns for file in folder.glob("*.json")] == [before]
    assert HolderNotice.objects.get().outcome == NoticeOutcome.SENT


def test_a_message_that_cannot_be_sent_is_given_up_and_its_address_forgotten(
    digital_id, key, folder
):
    folder.write_text("a file where the folder should be")
    bind(digital_id, key)
    for _ in range(4):
        run_due_jobs()
    notice = HolderNotice.objects.get()
    assert [notice.outcome, notice.recipients_sealed] == [NoticeOutcome.GIVEN_UP, None]


def test_a_notice_that_went_with_its_digital_id_troubles_nobody(digital_id, key, folder):
    bind(digital_id, key)
    digital_id.delete()
    run_due_jobs()
    assert [Job.objects.get().state, sent(folder)] == [JobState.DONE, []]


def test_every_kind_has_its_sentence_without_a_link():
    assert set(SENTENCES) == set(NoticeKind)
    assert [kind for kind, text in SENTENCES.items() if "http" in str(text)] == []
