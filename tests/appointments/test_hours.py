"""The supervisor's page: hours make slots, a change keeps what is booked, a closed day ends it."""

import datetime
import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from appointments.models import Appointment, Calendar, ClosedDay, Hours, Slot, local
from appointments.services.booking import book, cancel
from appointments.services.opening import add_hours, close_day, open_further, remove_hours
from appointments.services.owners import owner_of_browser
from appointments.services.slots import free_times
from audit.models import Entry
from core.housekeeping import do_duties
from registration.errors import Conflict, Forbidden
from tests.appointments.hours import MORNING, WHY, in_days, open_office
from tests.factories import OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
HOURS = reverse("counter_appointments:hours")
CLOSE = reverse("counter_appointments:close_day")
ENGLISH = {"Accept-Language": "en"}
LINE = {"weekday": 0, "begins": "09:00", "ends": "10:00", "minutes": 30, "counters": 2}
DAY = in_days(3)


@pytest.fixture
def desk(supervisor, signed_in) -> Client:
    return signed_in(Client(headers=ENGLISH), supervisor)


def booked(office, time=DAY, name="one") -> Appointment:
    return book(office, time, owner=owner_of_browser(name))[0]


def test_hours_typed_open_slots_four_weeks_ahead_and_leave_an_entry(desk, office, supervisor):
    assert desk.post(HOURS, LINE | {"reason": WHY}).status_code == 302
    free = [local(one) for one in free_times(office.pk, known=True)]
    assert {(one.weekday(), one.hour, one.minute) for one in free} == {(0, 9, 0), (0, 9, 30)}
    assert 6 <= len(free) <= 10
    entry = Entry.objects.get(action="appointment.hours_changed")
    assert [entry.actor_id, entry.reason, entry.details] == [
        str(supervisor.pk), WHY, {"week": ["1 09.00-10.00 30 x 2"]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "for 1101700230708"},
        {"ends": "08:00", "reason": WHY},
        {"counters": 0, "reason": WHY},
        {"counters": 21, "reason": WHY},
        {"minutes": 7, "reason": WHY},
        {"weekday": 7, "reason": WHY},
        {"begins": "x", "reason": WHY},
    ],
)
def test_wrong_hours_and_missing_reasons_are_refused(desk, wrong):
    assert desk.post(HOURS, LINE | wrong).status_code == 422
    assert (Hours.objects.count(), Slot.objects.count()) == (0, 0)


def test_hours_that_meet_others_are_refused(opened, supervisor):
    later = MORNING | {"begins": datetime.time(11), "ends": datetime.time(13)}
    with pytest.raises(Conflict):
        add_hours(Hours(weekday=0, **later), officer=supervisor, reason=WHY)
    after = MORNING | {"begins": datetime.time(12), "ends": datetime.time(13)}
    add_hours(Hours(weekday=0, **after), officer=supervisor, reason=WHY)


def test_an_office_of_somebody_else_is_out_of_reach(opened, supervisor, signed_in):
    there = OfficerFactory(supervisor=True, elsewhere=True)
    line = Hours.objects.first()
    address = reverse("counter_appointments:remove_hours", args=[line.pk])
    assert signed_in(Client(), there).post(address, {"reason": WHY}).status_code == 404
    add_hours(
        Hours(weekday=0, office=opened, **MORNING | {"begins": datetime.time(7)}),
        officer=there,
        reason=WHY,
    )
    assert Hours.objects.filter(office=opened).count() == 7  # it became a line of the own office
    with pytest.raises(Forbidden):
        add_hours(Hours(weekday=1, **MORNING), officer=OfficerFactory(office=opened), reason=WHY)


def test_hours_taken_away_leave_what_is_booked_its_time(opened, supervisor):
    made = booked(opened)
    line = Hours.objects.get(weekday=DAY.weekday())
    assert remove_hours(line, officer=supervisor, reason=WHY) == 1
    made.refresh_from_db()
    that_day = Slot.objects.filter(starts_at__date=DAY.date())
    assert (made.state, [slot.appointment for slot in that_day]) == ("booked", [made])
    assert Slot.objects.exclude(starts_at__date=DAY.date()).count() > 100
    cancel(made)  # and given back it is gone
    assert that_day.all().count() == 0


def test_hours_that_come_back_take_up_what_was_withdrawn(opened, supervisor):
    made = booked(opened)
    line = Hours.objects.get(weekday=DAY.weekday())
    remove_hours(line, officer=supervisor, reason=WHY)
    add_hours(Hours(weekday=DAY.weekday(), **MORNING), officer=supervisor, reason=WHY)
    cancel(made)
    assert DAY in free_times(opened.pk, known=False)
    assert Slot.objects.filter(starts_at=DAY).count() == 2


def test_a_closed_day_asks_first_how_many_it_calls_off(desk, opened):
    made, other = booked(opened), booked(opened, in_days(4), "two")
    day = f"{DAY.day}/{DAY.month}/{DAY.year}"
    asked = desk.post(CLOSE, {"day": day, "reason": WHY})
    assert "1 appointment on" in asked.text
    assert ClosedDay.objects.count() == 0
    booked(opened, in_days(3, 10), "three")  # meanwhile
    wrong = desk.post(CLOSE, {"day": day, "reason": WHY, "expected": "1"})
    assert ("2 appointments on" in wrong.text, ClosedDay.objects.count()) == (True, 0)
    done = desk.post(CLOSE, {"day": day, "reason": WHY, "expected": "2"})
    made.refresh_from_db()
    other.refresh_from_db()
    assert (done.status_code, made.state, other.state) == (302, "called_off", "booked")
    assert Slot.objects.filter(starts_at__date=DAY.date()).count() == 0
    entry = Entry.objects.get(action="appointment.day_closed")
    assert entry.details == {"day": DAY.date().isoformat(), "people": 2}


def test_a_closed_day_stays_closed_and_opens_again_with_a_reason(desk, opened, supervisor):
    close_day(DAY.date(), officer=supervisor, reason=WHY, expected=0)
    with pytest.raises(Conflict):
        close_day(DAY.date(), officer=supervisor, reason=WHY, expected=0)
    early = MORNING | {"begins": datetime.time(7), "ends": datetime.time(8)}
    add_hours(Hours(weekday=DAY.weekday(), **early), officer=supervisor, reason=WHY)
    with pytest.raises(Conflict):
        booked(opened)
    address = reverse("counter_appointments:open_day", args=[ClosedDay.objects.get().pk])
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": WHY}).status_code == 302
    booked(opened)
    assert Entry.objects.filter(action="appointment.day_opened").count() == 1


def test_each_night_the_next_day_comes_into_sight(opened, supervisor):
    before = Slot.objects.filter(office=opened).count()
    last = Calendar.objects.get().opened_until
    with time_machine.travel(in_days(2, 1), tick=False):
        assert sum(open_further()) == 1
        assert sum(open_further()) == 0
        assert Calendar.objects.get().opened_until == last + datetime.timedelta(days=2)
    assert Slot.objects.filter(office=opened).count() == before + 2 * 12


def test_what_is_past_is_forgotten_and_what_nobody_noted_counts_neither_way(opened):
    made, came = booked(opened), booked(opened, in_days(3, 10), "two")
    Appointment.objects.filter(pk=came.pk).update(state="come")
    with time_machine.travel(in_days(4, 23), tick=False):  # an officer may still note it
        do_duties(within=datetime.timedelta(seconds=20))
        made.refresh_from_db()
        assert made.state == "booked"
    with time_machine.travel(in_days(5, 1), tick=False):
        do_duties(within=datetime.timedelta(seconds=20))
    made.refresh_from_db()
    came.refresh_from_db()
    assert (made.state, came.state) == ("passed", "come")
    assert Slot.objects.filter(starts_at__lt=in_days(4)).count() == 0
    with time_machine.travel(in_days(34), tick=False):
        do_duties(within=datetime.timedelta(seconds=20))
    assert Appointment.objects.count() == 0


def test_offices_without_hours_have_no_slots_and_no_calendar(office):
    OfficeFactory(code="5001")
    assert (sum(open_further()), Calendar.objects.count()) == (0, 0)


def test_the_log_holds_nothing_about_people(opened, supervisor):
    made = booked(opened)
    close_day(DAY.date(), officer=supervisor, reason=WHY, expected=1)
    said = json.dumps(list(Entry.objects.values_list("details", flat=True)))
    assert made.reference not in said


def test_many_counters_are_one_statement_each(office, supervisor, django_assert_max_num_queries):
    open_office(supervisor, **MORNING | {"counters": 20})
    line = Hours.objects.first()
    with django_assert_max_num_queries(25):
        remove_hours(line, officer=supervisor, reason=WHY)
