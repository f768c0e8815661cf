"""The holder's page of messages."""

import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from identity import sessions
from identity.inbox import notices_of, unread
from identity.models import DigitalID, HolderNotice, NoticeKind
from identity.notifications import notify_holder
from tests.identity.factories import DeviceFactory, DigitalIDFactory

pytestmark = pytest.mark.django_db
INBOX, CARD, UNLOCK = (reverse(f"identity:{name}") for name in ("inbox", "card", "unlock"))
# session, digital ID, how many, the notices, devices, how many unread, the address
QUERIES = 7


@pytest.fixture
def digital_id() -> DigitalID:
    return DigitalIDFactory()


@pytest.fixture
def holder(digital_id) -> Client:
    return client_of(digital_id)


def client_of(digital_id: DigitalID, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time()
    session.save()
    return client


def tell(digital_id: DigitalID, kind: str = "revoked", *, days_ago: int = 0, **details) -> str:
    with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=False):
        return str(notify_holder(digital_id, NoticeKind(kind), **details).pk)


def shown(client: Client, query: str = "") -> list[str]:
    return [str(one.notice.pk) for one in client.get(INBOX + query).context["notices"]]


def test_messages_stand_in_order_newest_first(holder, digital_id):
    told = [tell(digital_id, days_ago=days) for days in (3, 1, 2)]
    assert shown(holder) == [told[1], told[2], told[0]]


def test_twenty_stand_on_a_page(holder, digital_id):
    told = [tell(digital_id, days_ago=days) for days in range(21)]
    assert [shown(holder), shown(holder, "?page=2")] == [told[:20], told[20:]]


def test_an_empty_inbox_says_so(holder):
    assert "No messages yet" in holder.get(INBOX).content.decode()


def test_each_is_in_words_with_device_service_or_reason(holder, digital_id):
    device = DeviceFactory(digital_id=digital_id, name="มือถือของแม่")
    tell(digital_id, "device_added", device=str(device.pk))
    tell(digital_id, "suspended", reason="device_lost")
    tell(digital_id, "first_sign_in", service_th="กรมสรรพากร", service_en="Revenue")
    about = {one.about for one in holder.get(INBOX).context["notices"]}
    assert about == {
        "Device: มือถือของแม่",
        "Service: Revenue",
        "Reason: The device was lost or stolen",
    }


def test_in_thai_the_year_is_buddhist_and_the_service_has_its_thai_name(digital_id):
    tell(digital_id, "first_showing", service_th="กรมสรรพากร", service_en="Revenue")
    page = client_of(digital_id, "th").get(INBOX).content.decode()
    assert "บริการ: กรมสรรพากร" in page
    assert str(timezone.localdate().year + 543) in page


def test_reading_writes_nothing_and_the_button_marks(holder, digital_id):
    newest = [tell(digital_id, days_ago=days) for days in (1, 0)][-1]
    assert "2 messages are not read." in holder.get(INBOX).content.decode()
    assert unread(digital_id) == 2
    answer = holder.post(reverse("identity:seen", args=[newest]))
    assert [answer.headers["Location"], unread(digital_id)] == [INBOX, 0]
    assert "Not read" not in holder.get(INBOX).content.decode()


def test_one_that_came_after_the_page_stays_unread(holder, digital_id):
    seen, later = tell(digital_id, days_ago=1), tell(digital_id)
    holder.post(reverse("identity:seen", args=[seen]))
    assert str(HolderNotice.objects.get(seen_at=None).pk) == later


def test_the_card_says_in_words_how_many_are_unread(holder, digital_id):
    assert "not read" not in holder.get(CARD).content.decode()
    tell(digital_id)
    assert "1 not read" in holder.get(CARD).content.decode()


def test_a_stranger_and_a_locked_browser_see_nothing(holder, digital_id):
    tell(digital_id)
    holder.post(reverse("identity:lock"))
    answers = [Client().get(INBOX), holder.get(INBOX)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, UNLOCK)] * 2


def test_somebody_elses_messages_are_neither_shown_nor_marked(holder):
    others = DigitalIDFactory()
    notice = tell(others)
    assert shown(holder) == []
    assert holder.post(reverse("identity:seen", args=[notice])).status_code == 404
    assert holder.post(reverse("identity:seen", args=[uuid.uuid4()])).status_code == 404
    assert unread(others) == 1


def test_the_newer_one_shows_what_the_earlier_was_told_and_not_the_other_way_round(digital_id):
    earlier = DigitalIDFactory(
        number_key=digital_id.number_key,
        status="revoked",
        issued_at=timezone.now() - timedelta(days=9),
    )
    begun, replaced = tell(earlier, "renewal_begun"), tell(earlier, "replaced")
    newer = tell(digital_id, "renewed")
    assert {str(one.pk) for one in notices_of(digital_id)} == {begun, newer}
    assert {str(one.pk) for one in notices_of(earlier)} == {begun, replaced}


@pytest.mark.parametrize("messages", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(holder, digital_id, messages):
    for _ in range(messages):
        device = DeviceFactory(digital_id=digital_id)
        tell(digital_id, "device_added", device=str(device.pk))
    entries = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert len(holder.get(INBOX).context["notices"]) == messages
    assert [len(queries), Entry.objects.count()] == [QUERIES, entries]
