"""At the counter: a day's list, a scanned code, the form it opens, and whether they came."""

import datetime
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from appointments.models import Appointment
from appointments.services.booking import book, cancel
from appointments.services.owners import owner_of, owner_of_browser
from audit.models import Entry
from identity.access import accesses, entries_of
from registration.models import CounterVisit, Enrollment
from registration.states import State
from tests.appointments.hours import in_days
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory

pytestmark = pytest.mark.django_db
LIST, FIND = reverse("counter_appointments:list"), reverse("counter_appointments:find")
ENGLISH = {"Accept-Language": "en"}
TERMS = {"language": "th", "terms": "on"}
DAY = in_days(3)


def address(name: str, appointment: Appointment) -> str:
    return reverse(f"counter_appointments:{name}", args=[appointment.pk])


@pytest.fixture
def enrollment() -> Enrollment:
    return EnrollmentFactory(state=State.RETAKE, number_key=uuid.uuid4(), renewal=True)


@pytest.fixture
def made(opened, enrollment) -> Appointment:
    return book(opened, DAY, owner=owner_of(enrollment))[0]


@pytest.fixture
def desk(officer, signed_in) -> Client:
    return signed_in(Client(headers=ENGLISH), officer)


@pytest.fixture
def elsewhere(signed_in) -> Client:
    return signed_in(Client(headers=ENGLISH), OfficerFactory(elsewhere=True))


@pytest.fixture
def _that_day(made):
    """Before anybody signs in: a session is over three days later."""
    with time_machine.travel(DAY + datetime.timedelta(minutes=5)):
        yield


def look(client: Client, day=DAY) -> str:
    return client.get(LIST, {"day": day.date().isoformat()}).text


def test_the_list_has_times_and_references_and_each_look_is_an_entry(made, desk, officer):
    gone, _ = book(made.office, in_days(3, 10), owner=owner_of_browser("gone"))
    cancel(gone)
    page = look(desk)
    assert [made.reference in page, "09:00" in page, gone.reference in page] == [True, True, False]
    entry = Entry.objects.get(action="appointment.listed")
    assert [entry.actor_id, entry.subject_id] == [str(officer.pk), made.office_id]
    assert entry.details == {"day": made.day, "found": 1}


@pytest.mark.parametrize("day", ["garbage", "2026-02-30", ""])
def test_no_other_day_stands_in_for_one_that_does_not_exist(desk, day):
    assert desk.get(LIST, {"day": day}).status_code == 404
    assert desk.get(LIST).status_code == 200


def test_another_office_sees_nothing_and_opens_nothing(made, elsewhere):
    assert made.reference not in look(elsewhere)
    assert elsewhere.post(FIND, {"code": made.reference}).status_code == 422
    assert elsewhere.get(address("appointment", made)).status_code == 404
    for act in ("mark", "begin"):
        answer = elsewhere.post(address(act, made), TERMS | {"state": "come"})
        assert answer.status_code == 404
    assert CounterVisit.objects.count() == 0


@pytest.mark.parametrize(
    "scanned", ["https://portal.example/staff/appointments/#{}", "{}", " {} ", "#{}"]
)
def test_what_was_scanned_or_typed_opens_the_appointment(made, desk, scanned):
    answer = desk.post(FIND, {"code": scanned.format(made.reference)})
    assert (answer.status_code, answer.url) == (302, address("appointment", made))


def test_an_unknown_code_is_said(made, desk):
    for wrong in ("ABCD-EFGH-JKMN", "https://elsewhere.example/", "\x00", "#", "x" * 500):
        answer = desk.post(FIND, {"code": wrong})
        assert answer.status_code in {400, 422}


def test_whose_it_is_reads_later_who_opened_it(made, desk, enrollment, officer):
    desk.get(address("appointment", made))
    digital_id = DigitalIDFactory(enrollment_id=enrollment.pk)
    (seen,) = accesses(digital_id, list(entries_of(digital_id)))
    assert [seen.who, seen.what] == [
        "An officer of Office 1206", "Opened your appointment at the counter.",
    ]  # fmt: skip


@pytest.mark.usefixtures("_that_day")
def test_the_page_names_nobody_and_offers_the_counter_form_filled_in(made, desk, enrollment):
    page = desk.get(address("appointment", made)).text
    assert [enrollment.reference in page, 'name="terms"' in page] == [True, True]
    assert 'name="renewal" id="id_renewal" checked' in " ".join(page.split())


@pytest.mark.usefixtures("_that_day")
def test_beginning_is_a_new_registration_at_the_counter_once(made, desk, enrollment, officer):
    """What was photographed at home was not seen here: it stays out of the visit."""
    first = desk.post(address("begin", made), TERMS)
    again = desk.post(address("begin", made), TERMS)
    assert first.url == again.url
    visit = CounterVisit.objects.get()
    assert (visit.officer, visit.enrollment.channel) == (officer, "office")
    assert visit.enrollment_id != enrollment.pk
    made.refresh_from_db()
    enrollment.refresh_from_db()
    assert (made.state, made.visit_id, enrollment.state) == (
        "come", visit.enrollment_id, State.RETAKE,
    )  # fmt: skip
    assert reverse("counter:visit", args=[visit.pk]) in desk.get(address("appointment", made)).text


@pytest.mark.usefixtures("_that_day")
def test_without_the_terms_nothing_begins(made, desk):
    assert desk.post(address("begin", made), {"language": "th"}).status_code == 422
    made.refresh_from_db()
    assert (made.state, CounterVisit.objects.count()) == ("booked", 0)


def test_nothing_begins_and_nobody_comes_before_the_day(made, desk):
    assert desk.post(address("begin", made), TERMS).status_code == 422
    desk.post(address("mark", made), {"state": "come"})
    made.refresh_from_db()
    assert (made.state, CounterVisit.objects.count()) == ("booked", 0)


@pytest.mark.usefixtures("_that_day")
def test_came_or_not_is_noted_and_can_be_mended(made, desk):
    for state in ("missed", "come"):
        desk.post(address("mark", made), {"state": state})
        made.refresh_from_db()
        assert made.state == state
    entries = Entry.objects.filter(action="appointment.marked").order_by("pk")
    assert [one.details["mark"] for one in entries] == ["missed", "come"]
    for wrong in ("", "booked", "cancelled", "passed"):
        desk.post(address("mark", made), {"state": wrong})
    made.refresh_from_db()
    assert made.state == "come"


def test_nobody_is_missing_before_the_time(made, officer, signed_in):
    with time_machine.travel(in_days(3, 8)):
        desk = signed_in(Client(), officer)
        desk.post(address("mark", made), {"state": "missed"})
        made.refresh_from_db()
        assert made.state == "booked"
        desk.post(address("mark", made), {"state": "come"})  # early is there
    made.refresh_from_db()
    assert made.state == "come"


@pytest.mark.usefixtures("_that_day")
def test_what_was_cancelled_is_neither_noted_nor_begun(made, desk):
    Appointment.objects.update(state="cancelled")
    for act in ("mark", "begin"):
        desk.post(address(act, made), TERMS | {"state": "come"})
    made.refresh_from_db()
    assert (made.state, CounterVisit.objects.count()) == ("cancelled", 0)


@pytest.mark.usefixtures("_that_day")
def test_a_case_that_waits_here_is_offered_and_one_elsewhere_is_not(made, desk, enrollment):
    Enrollment.objects.filter(pk=enrollment.pk).update(state=State.WAITING_REVIEW)
    case = reverse("review:case", args=[enrollment.pk])
    assert case in desk.get(address("appointment", made)).text
    other = OfficerFactory(elsewhere=True).office
    Enrollment.objects.filter(pk=enrollment.pk).update(office=other)
    assert case not in desk.get(address("appointment", made)).text


def test_figures_count_what_was_noted_and_keep_to_the_reach(made, opened, supervisor, signed_in):
    for number, state in enumerate(["come", "come", "missed", "passed", "cancelled"]):
        one, _ = book(opened, in_days(4 + number), owner=owner_of_browser(str(number)))
        Appointment.objects.filter(pk=one.pk).update(state=state)
    figures = reverse("counter_appointments:figures")
    with time_machine.travel(in_days(15), tick=False):
        own = signed_in(Client(headers=ENGLISH), supervisor).get(figures).text
        other = OfficerFactory(supervisor=True, elsewhere=True)
        elsewhere = signed_in(Client(headers=ENGLISH), other).get(figures).text
    row = " ".join(own.partition("<tbody>")[2].split())
    cells = [cell.partition(">")[2].partition("<")[0] for cell in row.split("<td")[1:]]
    assert cells == ["2", "1", "2", "33%"]
    assert "Office 1206" not in elsewhere
