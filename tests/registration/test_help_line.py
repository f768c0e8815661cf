"""1548 can help: one search and one act, both counted, and nobody's data on the agent's screen."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from audit.models import Entry
from core.thai_words import joined
from identity.access import accesses, entries_of
from identity.inbox import in_words
from identity.models import DigitalID, HolderNotice
from offices.models import Officer
from registration.models import HelpLook
from registration.services.help_line import UsedUp, agents_at_ceiling, look_up, suspend
from tests.factories import OfficerFactory
from tests.identity.factories import DigitalIDFactory, valid_number

AGENT = joined("เจ้าหน้าที่สายด่วน 1548")
pytestmark = pytest.mark.django_db
SAID = {"reason": "device_lost", "made_sure": "answered"}
OTHER = valid_number("377770000000")


@pytest.fixture
def agent() -> Officer:
    return OfficerFactory(call_centre=True, name="Kanda Agent")


@pytest.fixture
def digital_id() -> DigitalID:
    return DigitalIDFactory()


@pytest.fixture
def number(digital_id) -> str:
    return digital_id.holder.number


@pytest.fixture
def desk(agent, signed_in) -> Client:
    return signed_in(Client(headers={"Accept-Language": "en"}), agent)


def searched(desk: Client, number: str):
    return desk.post(reverse("help_line:search"), {"number": number})


def press(desk: Client, page, last_four: str, **said):
    address = f"{page.url}suspend/"
    return desk.post(address, SAID | {"last_four": last_four} | said)


def act(agent: Officer, number: str) -> DigitalID:
    found = look_up(number, agent=agent)
    return suspend(found.pk, **SAID, last_four=number[-4:], agent=agent)


def status(digital_id: DigitalID) -> str:
    return DigitalID.objects.get(pk=digital_id.pk).status


def test_a_search_shows_that_there_is_one_and_nothing_of_the_person(desk, digital_id, number):
    answer = searched(
        desk, f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    )
    assert (answer.status_code, number in answer.url) == (302, False)
    page = desk.get(answer.url).text
    assert f"{number[0]} {number[1:5]} xxxxx {number[10:12]} {number[12]}" in page
    assert "Valid" in page
    person = dict(digital_id.holder)
    assert len(person) > 8
    shown = {name for name, value in person.items() if len(str(value)) > 3 and str(value) in page}
    assert shown == set()
    assert [one for one in (str(digital_id.pk), digital_id.office_code, "<img class=\"photo") if
            one in page] == []  # fmt: skip


@pytest.mark.parametrize("typed", ["123", "1234567890123", "สวัสดี", "1" * 13])
def test_what_is_no_number_is_refused_and_not_counted(desk, typed):
    assert searched(desk, typed).status_code == 422
    assert HelpLook.objects.count() == 0


def test_a_number_without_a_digital_id_says_so_and_is_written_down(desk, agent):
    page = desk.get(searched(desk, OTHER).url)
    assert "There is no live digital ID" in page.text
    assert "suspend/" not in page.text
    entry = Entry.objects.get(action="help_line.looked")
    assert (entry.actor_id, entry.subject_id, entry.details) == (
        str(agent.pk),
        "",
        {"found": False},
    )


@pytest.mark.parametrize("fault", ["revoked", "run_out"])
def test_what_is_over_is_no_live_one(desk, fault):
    over = DigitalIDFactory(**{fault: True})
    assert "There is no live digital ID" in desk.get(searched(desk, over.holder.number).url).text


def test_the_holder_reads_who_looked_and_is_told_who_suspended(desk, digital_id, number):
    press(desk, searched(desk, number), number[-4:])
    with override("th"):
        read = accesses(digital_id, list(entries_of(digital_id).order_by("id")))
        assert [(str(one.who), str(one.what)) for one in read] == [
            (AGENT, joined("ดูว่าดิจิทัลไอดีของท่านระงับได้หรือไม่")),
            (AGENT, joined("ระงับดิจิทัลไอดีของท่าน")),
        ]
        notice = in_words([HolderNotice.objects.get()])[0]
    assert notice.sentence == joined(
        "สายด่วน 1548 ระงับดิจิทัลไอดีของท่านตามที่มีผู้โทรแจ้ง ขณะนี้แสดงไม่ได้"
        " โปรดเปิดดิจิทัลไอดีเพื่อดูวิธียกเลิกการระงับ หรือไปที่สำนักทะเบียนแห่งใดก็ได้"
    )
    assert notice.about == "เหตุผล: อุปกรณ์สูญหายหรือถูกขโมย"


def test_the_entry_says_why_and_how_the_agent_made_sure(desk, digital_id, number):
    press(desk, searched(desk, number), number[-4:], reason="misused", made_sure="not_verified")
    entry = Entry.objects.get(action="digital_id.suspended")
    told = (entry.role, entry.reason, entry.details)
    assert told == ("call_centre", "misused", {"how": "not_verified"})
    assert status(digital_id) == "suspended"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"last_four": "0000"}, 400),
        ({"last_four": ""}, 422),
        ({"reason": "holder_died"}, 422),
        ({"reason": ""}, 422),
        ({"made_sure": ""}, 422),
        ({"made_sure": "surely"}, 422),
    ],
)
def test_without_a_reason_the_digits_and_how_it_was_made_sure_nothing_is_done(
    desk, digital_id, number, said, code
):
    page = searched(desk, number)
    answer = press(desk, page, **{"last_four": number[-4:]} | said)
    assert (answer.status_code, status(digital_id)) == (code, "active")


def test_twice_pressed_is_done_once(desk, digital_id, number):
    page = searched(desk, number)
    assert [press(desk, page, number[-4:]).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(action="digital_id.suspended").count() == 1
    assert HolderNotice.objects.count() == 1


def test_an_agent_cannot_put_it_in_force_again(desk, digital_id, number):
    page = searched(desk, number)
    press(desk, page, number[-4:])
    shown = desk.get(page.url)
    assert ("Suspended" in shown.text, shown.context["form"]) == (True, None)
    answer = press(desk, page, number[-4:], step="resume", reason="cleared")
    assert (answer.status_code, status(digital_id)) == (422, "suspended")


def test_a_search_is_the_agents_own_and_soon_over(desk, digital_id, number, signed_in):
    page = searched(desk, number)
    other = signed_in(Client(), OfficerFactory(call_centre=True))
    assert [other.get(page.url).url, press(other, page, number[-4:]).url] == [
        "/staff/help-line/"
    ] * 2
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert desk.get(page.url).url == "/staff/help-line/"
        assert press(desk, page, number[-4:]).url == "/staff/help-line/"
    assert status(digital_id) == "active"


@pytest.mark.parametrize("name", ["search", "suspend", "code"])
def test_a_get_on_a_button_leads_to_the_page(desk, name):
    arguments = [uuid.uuid4()] if name == "suspend" else []
    answer = desk.get(reverse(f"help_line:{name}", args=arguments))
    assert answer.url == reverse("help_line:home")


def test_the_searches_of_a_day_are_counted_whatever_they_find(desk, agent, number, settings):
    settings.HELP_SEARCHES_A_DAY = 3
    got = [searched(desk, one).status_code for one in (number, OTHER, OTHER, number)]
    assert got == [302, 302, 302, 429]
    assert agents_at_ceiling() == {"searches": 1, "suspensions": 0}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert look_up(number, agent=agent).digital_id is not None


def test_the_suspensions_of_a_day_have_a_ceiling_and_the_refused_one_is_not_done(agent, settings):
    settings.HELP_SUSPENSIONS_A_DAY = 2
    made = [DigitalIDFactory() for _ in range(3)]
    for one in made[:2]:
        act(agent, one.holder.number)
    with pytest.raises(UsedUp):
        act(agent, made[2].holder.number)
    assert [status(one) for one in made] == ["suspended", "suspended", "active"]
    assert agents_at_ceiling() == {"searches": 0, "suspensions": 1}
    act(OfficerFactory(call_centre=True), made[2].holder.number)


@pytest.mark.parametrize("role", [{}, {"supervisor": True}, {"administrator": True}])
def test_who_is_no_agent_does_none_of_it(role, number):
    with pytest.raises(PermissionDenied):
        look_up(number, agent=OfficerFactory(**role))


def test_an_agent_who_was_switched_off_meanwhile_does_none_of_it(agent, digital_id, number):
    found = look_up(number, agent=agent)
    Officer.objects.filter(pk=agent.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        suspend(found.pk, **SAID, last_four=number[-4:], agent=agent)
    assert status(digital_id) == "active"
