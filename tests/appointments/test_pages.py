"""The citizen's pages: without script, without a name, and nobody else's."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from appointments.models import Appointment, Slot
from appointments.services.booking import book
from appointments.services.opening import close_day
from appointments.services.owners import owner_of, owner_of_browser
from registration.models import Enrollment
from registration.states import State
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.appointments.hours import WHY, in_days
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
OFFICES, MINE = reverse("appointments:offices"), reverse("appointments:mine")
CANCEL, FILE = reverse("appointments:cancel"), reverse("appointments:file")
ENGLISH = {"Accept-Language": "en"}


def english() -> Client:
    return Client(headers=ENGLISH)


def of(enrollment: Enrollment) -> Client:
    client = english()
    session = client.session
    session[SESSION_KEY], session[TOKEN] = str(enrollment.pk), mark_of(enrollment)
    session.save()
    return client


def page_of(office) -> str:
    return reverse("appointments:office", args=[office.pk])


def press(client: Client, office, time: datetime.datetime, moving: str = ""):
    return client.post(page_of(office), {"time": time.isoformat(), "moving": moving})


def code_on(page: str) -> str:
    return re.search(r'<dd class="number" translate="no">(\d{6})</dd>', page)[1]


def test_from_the_finder_to_the_ticket(opened):
    client = english()
    found = client.get(OFFICES, {"q": "office 12"}).text
    assert [page_of(opened) in found, "Next free time" in found] == [True, True]
    page = client.get(page_of(opened), {"day": in_days(3).date().isoformat()}).text
    assert f'value="{in_days(3, 9).isoformat()}"' in page
    answer = press(client, opened, in_days(3, 9))
    assert (answer.status_code, answer.url) == (302, MINE)
    ticket, made = client.get(MINE).text, Appointment.objects.get()
    assert [made.reference in ticket, "<svg" in ticket, "csrf" in ticket] == [True] * 3
    assert len(code_on(ticket)) == 6


def test_a_second_press_moves_and_an_old_page_does_not(opened):
    client = english()
    press(client, opened, in_days(3))
    made = Appointment.objects.get()
    press(client, opened, in_days(4))  # the page was made before the first press
    made.refresh_from_db()
    assert made.starts_at == in_days(3)
    press(client, opened, in_days(4), moving=str(made.pk))
    made.refresh_from_db()
    assert (made.starts_at, Appointment.objects.count()) == (in_days(4), 1)


def test_a_time_that_has_gone_is_said_and_nothing_is_booked(opened):
    book(opened, in_days(3), owner=owner_of_browser("somebody"))
    client = english()
    answer = press(client, opened, in_days(3))
    assert (answer.status_code, "just been taken" in answer.text) == (422, True)
    for wrong in ("", "soon", "2026-12-01T09:00", "9999-12-31T23:59:59.999999-23:59"):
        said = client.post(page_of(opened), {"time": wrong, "moving": ""})
        assert said.status_code == 422
    assert Appointment.objects.count() == 1


def test_whose_registration_it_is_has_it_wherever_that_goes_on(opened):
    enrollment = EnrollmentFactory(state=State.RETAKE, number_key=uuid.uuid4())
    press(of(enrollment), opened, in_days(3))
    made = Appointment.objects.get()
    assert made.enrollment == enrollment
    assert made.reference in of(enrollment).get(MINE).text
    assert made.reference not in english().get(MINE).text


def test_who_came_back_by_reference_and_number_sees_no_appointment(opened):
    """Where somebody will be, and when, is for who has the code."""
    enrollment = EnrollmentFactory(state=State.RETAKE, number_key=uuid.uuid4())
    made, _ = book(opened, in_days(3), owner=owner_of(enrollment))
    enrollment.token_limited = True
    enrollment.save(update_fields=["token_limited"])
    assert made.reference not in of(enrollment).get(MINE).text
    of(enrollment).post(CANCEL)
    made.refresh_from_db()
    assert made.is_open


def test_reference_and_code_open_it_in_another_browser(opened):
    first = english()
    press(first, opened, in_days(3))
    made, code = Appointment.objects.get(), code_on(first.get(MINE).text)
    other = english()
    typed = {"reference": made.reference.lower().replace("-", " "), "code": code}
    assert other.post(MINE, typed).url == MINE
    other.post(CANCEL)
    assert "is cancelled" in first.get(MINE).text
    assert Slot.objects.exclude(appointment=None).count() == 0


def test_wrong_codes_are_counted_and_both_halves_are_answered_alike(opened):
    made, code = book(opened, in_days(3), owner=owner_of_browser("one"))
    wrong = f"{(int(code) + 1) % 10**6:06}"
    typed = [{"reference": made.reference, "code": wrong}, {"reference": "2222", "code": code}]
    said = [english().post(MINE, one).text for one in typed]
    assert ["There is no appointment with" in one for one in said] == [True, True]
    for _ in range(6):
        answer = english().post(MINE, typed[0])
    assert "Too many wrong codes" in answer.text
    right = english().post(MINE, {"reference": made.reference, "code": code})
    assert right.status_code == 422


def test_a_code_in_thai_digits_is_as_good(opened):
    made, code = book(opened, in_days(3), owner=owner_of_browser("one"))
    thai = code.translate({48 + digit: 0x0E50 + digit for digit in range(10)})
    client = english()
    assert client.post(MINE, {"reference": made.reference, "code": thai}).status_code == 302


def test_a_day_that_was_closed_is_said_with_the_way_on(opened, supervisor):
    client = english()
    press(client, opened, in_days(3))
    close_day(in_days(3).date(), officer=supervisor, reason=WHY, expected=1)
    page = client.get(MINE).text
    assert ["had to call your appointment off" in page, OFFICES in page] == [True, True]
    assert client.get(FILE).status_code == 404
    assert press(client, opened, in_days(4)).status_code == 302
    assert Appointment.objects.filter(state="booked").count() == 1


def test_the_file_for_calendars(opened):
    client = Client(headers={"Accept-Language": "th"})
    press(client, opened, in_days(3, 9, 30))
    answer, made = client.get(FILE), Appointment.objects.get()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    text = answer.content.replace(b"\r\n ", b"").decode()
    utc = in_days(3, 2, 30)
    assert f"DTSTART:{utc:%Y%m%dT%H%M}00Z" in text
    assert f"UID:{made.reference}@d.dopa" in text
    assert f"LOCATION:{opened.name_th}\\, {opened.province_th}" in text


def test_the_reference_is_in_no_address_that_a_server_sees(opened):
    client = english()
    press(client, opened, in_days(3))
    page, made = client.get(MINE).text, Appointment.objects.get()
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert [one for one in addresses if made.reference in one or str(made.pk) in one] == []


def test_after_its_time_it_says_that_it_has_passed(opened):
    client = english()
    press(client, opened, in_days(3))
    with time_machine.travel(in_days(3, 13), tick=False):
        page = client.get(MINE).text
    assert "has passed" in page


def test_in_thai_the_years_are_of_the_buddhist_era(opened):
    client = Client(headers={"Accept-Language": "th"})
    press(client, opened, in_days(3))
    for address in (OFFICES + "?province=12", page_of(opened), MINE):
        seen = re.sub(r"<[^>]*>", " ", client.get(address).text)
        assert str(in_days(3).year + 543) in seen
        assert str(in_days(3).year) not in seen


def test_pages_ask_the_database_as_often_for_many_as_for_one(opened, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        english().get(OFFICES, {"province": "12"})
    with django_assert_max_num_queries(8):
        english().get(page_of(opened))
