"""Entries narrowed down by a detail: what is found and told, and that nothing is smuggled in."""

from itertools import product

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from audit.actions import Action
from audit.forms import ONLY, EntryFilter
from audit.models import Entry, SavedSearch
from audit.narrowing import DETAILS, SIGN
from audit.services import Actor, record
from audit.value_words import set_of
from audit.views.entries import PAGE
from core.thai_words import joined
from registration.devices import BROWSERS, DEVICES
from registration.models import RetakeReason
from tests.audit.test_page import shown
from tests.factories import EnrollmentFactory, OfficerFactory

LIST, FIND, SAVE = (reverse(f"audit:{name}") for name in ("list", "find", "save_search"))
FILE = reverse("audit:find_file")
NOT_LIVE, ENGLISH = {"detail": "reason_code:not_live"}, {"Accept-Language": "en"}
TYPED = [
    "reason_code:Somchai Jaidee",
    "reason_code:other",  # of rejections
    "name:Somchai",
    "subject_office:1206",
    "device:iphone-safari",
    "device:1234567890123",
    "device:",
    "device",
    ":",
]


def written(action: Action, subject=None, **details) -> Entry:
    with transaction.atomic():
        return record(action, subject, actor=Actor.system("test"), **details)


def asked_again(**details) -> Entry:
    return written(Action.ASK_RETAKE, **details)


MANY = """
    INSERT INTO audit_entry (id, at, action, actor_kind, actor_id, role, office, subject_type,
        subject_id, reason, request_id, address_class, details, mac, transaction_id)
    SELECT number, now(), 'enrollment.ask_retake', 'system', 'test', '', '', '', '', '', '', '',
        '{"why": "challenge"}', '', 0 FROM generate_series(1, 30000) AS number
"""


@pytest.fixture
def case(db):
    return EnrollmentFactory()


@pytest.fixture
def about_case(case) -> dict[str, str]:
    """What was asked about a case with a photo asked for twice, for different reasons."""
    for why in ("not_live", "challenge"):
        written(Action.ASK_RETAKE, case, why=why)
    return {"about": "case", "subject": str(case.pk)}


def test_the_list_has_what_the_machine_and_officers_say_in_their_own_details(reader):
    machine, officer = asked_again(why="not_live"), asked_again(reason_code="not_live")
    asked_again(why="challenge"), asked_again()
    written(Action.REJECT, reason_code="not_live")
    answer = reader.get(LIST, NOT_LIVE)
    assert shown(answer) == [officer.pk, machine.pk]
    assert Entry.objects.get(action=Action.AUDIT_VIEWED).details == {
        "by_action": "enrollment.ask_retake",
        "by_detail": "reason_code:not_live",
        "entries": 2,
    }


def test_the_page_says_it_in_words_and_leads_to_the_others(reader):
    both = [asked_again(why=why).pk for why in ("challenge", "not_live")]
    asked = NOT_LIVE | {"action": "enrollment.ask_retake"}
    text = reader.get(LIST, asked, headers=ENGLISH).text
    words = "reason: The selfie has to be taken of you in person, not of a picture."
    assert f"Only entries that tell this: {words}" in text
    with translation.override("th"):
        thai = f"เฉพาะรายการที่ระบุว่า เหตุผล: {RetakeReason.NOT_LIVE.label}"
    assert joined(thai) in reader.get(LIST, asked, headers={"Accept-Language": "th"}).text
    wider = f"{LIST}?action=enrollment.ask_retake"
    assert f'href="{wider}"' in text
    assert shown(reader.get(wider)) == both[::-1]


def test_older_pages_keep_it(reader):
    asked_again(why="challenge")
    asked = [asked_again(why="not_live").pk for _each in range(PAGE + 2)]
    first = reader.get(LIST, NOT_LIVE)
    older = f"{LIST}?{first.context['query']}&before={first.context['older']}"
    second = reader.get(older)
    assert older.replace("&", "&amp;") in first.text
    assert [shown(first) + shown(second), second.context["older"]] == [asked[::-1], ""]


def test_an_action_that_does_not_tell_it_is_refused(reader):
    answer = reader.get(LIST, NOT_LIVE | {"action": "case.viewed"}, headers=ENGLISH)
    told = "Only entries of the action “New photo asked for” tell this."
    assert answer.context["form"].errors == {"detail": [told]}
    assert not Entry.objects.filter(action=Action.AUDIT_VIEWED).exists()


@pytest.mark.parametrize("text", TYPED)
def test_what_is_of_no_closed_set_is_neither_looked_for_nor_written(reader, about_case, text):
    bent = about_case | {"detail": text}
    listed, found = reader.get(LIST, {"detail": text}), reader.get(FIND, bent)
    assert [list(one.context["form"].errors) for one in (listed, found)] == [["detail"]] * 2
    assert [listed.context["entries"], found.status_code] == [[], 422]
    assert [reader.post(address, bent).status_code for address in (SAVE, FILE)] == [404] * 2
    read = (Action.AUDIT_VIEWED, Action.AUDIT_EXPORTED, Action.SEARCH_SAVED)
    assert not Entry.objects.filter(action__in=read).exists()
    assert not SavedSearch.objects.exists()


def test_a_search_is_narrowed_and_says_so(reader, about_case):
    answer = reader.get(FIND, about_case | NOT_LIVE, headers=ENGLISH)
    [said] = answer.context["days"][0].said
    assert said.entry.details == {"why": "not_live"}
    assert "Only entries that tell this: reason: The selfie has to be" in answer.text
    wider = answer.context["search"].wider
    assert f'href="{FIND}?{wider.replace("&", "&amp;")}"' in answer.text
    assert [len(reader.get(f"{FIND}?{wider}").context["days"][0].said), "detail" in wider] == [
        2, False,
    ]  # fmt: skip
    assert Entry.objects.filter(details__by_detail="reason_code:not_live").count() == 1


def test_a_saved_search_keeps_it(reader, about_case):
    for detail in ({}, NOT_LIVE, NOT_LIVE):
        reader.post(SAVE, about_case | {"action": "enrollment.ask_retake"} | detail)
    narrow = SavedSearch.objects.exclude(detail="").get()
    assert SavedSearch.objects.count() == 2
    run = reader.get(reverse("audit:saved_search", args=[narrow.pk]), follow=True)
    assert run.context["search"].detail == "reason_code:not_live"
    kept = reader.get(FIND, headers=ENGLISH)
    assert "New photo asked for · reason: The selfie has to be" in kept.text
    notes = Entry.objects.filter(action=Action.SEARCH_SAVED).order_by("id")
    told = [one.details.get("by_detail") for one in notes]
    assert told == [None, "reason_code:not_live", "reason_code:not_live"]


def test_renewals_are_left_out_or_alone(reader):
    today = str(timezone.localdate())
    first = written(Action.START, device="iphone-safari")
    again = written(Action.START, device="iphone-safari", renewal=True)
    asked = {"detail": "device:iphone", "since": today, "until": today}
    found = [shown(reader.get(LIST, asked | {"only": only})) for only in ("new", "renewals", "")]
    assert found == [[first.pk], [again.pk], [again.pk, first.pk]]
    assert {code for code, _word in EntryFilter.base_fields["only"].choices} == {"", *ONLY}


def test_what_takes_too_long_is_given_up_and_told(reader, settings):
    settings.AUDIT_SEARCH = settings.AUDIT_SEARCH | {"seconds": 0.001}
    with connection.cursor() as cursor:
        cursor.execute(MANY)
    answer = reader.get(LIST, NOT_LIVE, headers=ENGLISH)
    assert "This took too long" in answer.text
    assert Entry.objects.get(action=Action.AUDIT_VIEWED).details["entries"] == 0


@pytest.mark.parametrize("key", DETAILS)
def test_a_detail_has_a_closed_set_and_no_value_is_of_two_codes(key):
    told = DETAILS[key]
    values = [value for code in set_of(told.codes) for value in told.values(code)]
    assert values
    assert len(values) == len(set(values))
    assert [code for code in set_of(told.codes) if SIGN in code] == []


def test_devices_are_written_as_they_are_looked_for():
    classes = [[name for name, _pattern in each] + ["other"] for each in (DEVICES, BROWSERS)]
    every = {f"{device}-{browser}" for device, browser in product(*classes)}
    found = [
        {value for code in set_of(DETAILS[key].codes) for value in DETAILS[key].values(code)}
        for key in ("device", "browser")
    ]
    assert found == [every, every]


def test_a_class_of_devices_is_told_in_words_and_an_identifier_is_not(reader):
    identifier = str(OfficerFactory().pk)
    written(Action.START, device="tablet-line"), written(Action.PIN_SET, device=identifier)
    page = reader.get(LIST, headers=ENGLISH).text
    assert "device: Tablet, LINE" in page
    assert f"device: …{identifier[-8:]}" in page
