"""Narrowing the queue down, walking through it, keeping views, taking it away as a file."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from registration.models import Enrollment, Finding, Risk, SavedView
from registration.services import review_queue
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.mutating import decoded, encoded, json_of, raised
from verification.findings import Check, Outcome

QUEUE = "/staff/queue/"


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


def waiting(**fields) -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW, **fields)


def shown(staff, **chosen) -> list[Enrollment]:
    return staff.get(QUEUE, chosen).context["page"].cases


def test_each_filter_keeps_its_own(staff):
    plain, from_app, risky = waiting(), waiting(channel="app"), waiting(risk=Risk.HIGH)
    late = waiting(state_since=timezone.now() - timedelta(hours=5))
    doubted = waiting()
    Finding.objects.create(
        enrollment=doubted, attempt=0, check_name=Check.LIVENESS, outcome=Outcome.FAILED
    )
    assert shown(staff, channel="app") == [from_app]
    assert shown(staff, risk="2") == [risky]
    assert shown(staff, late="on") == [late]
    assert shown(staff, doubt="liveness") == [doubted]
    assert set(shown(staff)) == {plain, from_app, risky, late, doubted}


@pytest.mark.parametrize("chosen", [{"risk": "9"}, {"channel": "post"}, {"queue": "all"}])
def test_a_choice_there_is_not_is_not_found(staff, chosen):
    assert staff.get(QUEUE, chosen).status_code == 404


def test_the_counts_are_those_of_the_choice(staff):
    waiting(channel="app")
    waiting()
    EnrollmentFactory(state=State.IN_REVIEW, channel="app")
    counts = staff.get(reverse("review:changes"), {"channel": "app"}).json()["counts"]
    assert counts == {"waiting": 1, "taken": 1, "retake": 0, "decided": 0}


@pytest.mark.parametrize("sort", ["oldest", "newest", "risk"])
def test_page_by_page_every_case_comes_once_in_order(db, sort):
    at = timezone.now()
    for number in range(23):  # several of one moment, as a job leaves them
        waiting(state_since=at - timedelta(minutes=number // 4), risk=number % 3)
    cases = Enrollment.objects.all()
    whole = review_queue.page_of(cases, sort=sort, size=100).cases
    seen, after = [], ""
    while True:
        page = review_queue.page_of(cases, sort=sort, size=5, after=after)
        seen += page.cases
        after = page.after
        if not after:
            break
    assert [case.pk for case in seen] == [case.pk for case in whole]


@pytest.mark.parametrize("after", ["x", "W10=", "WzEsMl0=", "bnVsbA==", "WyIyMDI2IiwgIngiXQ=="])
def test_a_damaged_place_begins_anew(staff, after):
    case = waiting()
    assert shown(staff, after=after) == [case]


def test_no_change_of_a_place_breaks_the_list(db):
    waiting(risk=Risk.HIGH)
    waiting(risk=Risk.HIGH)
    cases = Enrollment.objects.all()
    place = json.loads(decoded(review_queue.page_of(cases, sort="risk", size=1).after))

    def read(values: object) -> object:
        after = encoded(json.dumps(values).encode())
        return review_queue.page_of(cases, sort="risk", size=1, after=after)

    dates = [[place[0], date, place[2]] for date in ("2026-11-30", "0001-01-01T00:00:00+23:59")]
    assert raised(read, [*json_of(place), *dates]) == {}


def test_a_view_is_kept_and_removed(staff, officer):
    address = reverse("review:save_view")
    staff.post(address, {"name": "Late from the app", "query": "channel=app&late=on&evil=1"})
    view = SavedView.objects.get()
    assert (view.officer, view.query) == (officer, "channel=app&late=on")
    assert "Late from the app" in staff.get(QUEUE).text
    staff.post(reverse("review:remove_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_colleagues_view_is_not_there(staff):
    view = SavedView.objects.create(officer=OfficerFactory(), name="Mine", query="")
    assert staff.post(reverse("review:remove_view", args=[view.pk])).status_code == 404


def test_the_list_as_a_file_holds_what_is_shown_and_leaves_an_entry(staff):
    case = waiting(channel="app")
    waiting()
    answer = staff.get(reverse("review:cases_file", args=["csv"]), {"channel": "app"})
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (head[0], row[0]) == ("Reference", case.reference)
    assert Entry.objects.get(action="case.exported").details == {"list": "cases", "rows": 1}


def test_the_file_has_times_as_its_reader_writes_them(staff):
    case = waiting()
    file = staff.get(reverse("review:cases_file", args=["csv"]), headers={"Accept-Language": "th"})
    [row] = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))[1:]
    at = timezone.localtime(case.state_since)
    assert f" {at.year + 543} {at:%H:%M}" in row[4]
    book = staff.get(reverse("review:cases_file", args=["xlsx"]), headers={"Accept-Language": "th"})
    since = openpyxl.load_workbook(io.BytesIO(book.content)).active["E2"]
    assert abs(since.value - timezone.make_naive(case.state_since)) < timedelta(seconds=1)
    assert since.number_format.startswith("[$-1070000]")


def test_the_supervisors_numbers_open_as_a_spreadsheet(db, client, signed_in):
    staff = signed_in(client, OfficerFactory(role="supervisor"))
    answer = staff.get(reverse("review:numbers_file", args=["xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == "Officer"


def test_another_kind_of_file_is_not_there(staff):
    assert staff.get(reverse("review:cases_file", args=["exe"])).status_code == 404
