"""A time is booked, moved and cancelled; what is free, and for whom."""

import datetime
import uuid

import pytest
import time_machine
from django.utils import timezone

from appointments.models import Appointment, AppointmentState, Slot
from appointments.services.booking import TooManyOpen, book, cancel, move
from appointments.services.owners import owner_of, owner_of_browser
from appointments.services.slots import free_times, next_free
from audit.models import Entry
from core.origin import coming_from
from registration.errors import Conflict
from tests.appointments.hours import MORNING, in_days, open_office
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
SOON = in_days(3)


def browser(name: str = "one"):
    return owner_of_browser(name)


def known():
    return owner_of(EnrollmentFactory(number_key=uuid.uuid4()))


def taken() -> int:
    return Slot.objects.exclude(appointment=None).count()


def test_a_booked_time_has_a_place_a_code_and_an_entry_without_anybody(opened):
    made, code = book(opened, SOON, owner=browser())
    assert (made.office, made.starts_at, made.state) == (opened, SOON, "booked")
    assert (len(code), code.isdigit(), taken()) == (6, True, 1)
    entry = Entry.objects.get(action="appointment.booked")
    assert [entry.actor_kind, entry.actor_id, entry.subject_id, entry.details] == [
        "anonymous", "", str(made.pk), {"subject_office": opened.pk, "day": made.day},
    ]  # fmt: skip


def test_half_of_the_places_are_kept_for_known_numbers_until_the_day_before(opened):
    """Two counters: one for everybody, and both for whoever has a number."""
    book(opened, SOON, owner=browser("one"))
    with pytest.raises(Conflict):
        book(opened, SOON, owner=browser("two"))
    book(opened, SOON, owner=known())
    assert SOON not in free_times(opened.pk, known=True)
    later = SOON + datetime.timedelta(minutes=30)
    book(opened, later, owner=known())  # takes the one that is kept
    assert later in free_times(opened.pk, known=False)
    book(opened, later, owner=browser("two"))
    last = later + datetime.timedelta(minutes=30)
    book(opened, last, owner=browser("three"))
    with time_machine.travel(last - datetime.timedelta(hours=20), tick=False):
        book(opened, last, owner=browser("four"))


def test_with_one_counter_every_second_time_is_kept(office, supervisor):
    open_office(supervisor, **MORNING | {"counters": 1})
    half = datetime.timedelta(minutes=30)
    times = [SOON + turn * half for turn in range(6)]
    free = set(free_times(office.pk, known=False))
    assert [one in free for one in times] == [True, False] * 3
    assert set(times) <= set(free_times(office.pk, known=True))


def test_one_is_open_for_a_registration_and_for_a_browser(opened):
    case = known()
    for owner in (case, browser()):
        book(opened, SOON, owner=owner)
        with pytest.raises(Conflict) as refused:
            book(opened, in_days(4), owner=owner)
        assert refused.value.code == "appointment_exists"
    assert taken() == 2


def test_a_time_that_nobody_opened_or_that_is_too_near_is_not_given_away(opened):
    for wrong in (in_days(3, 8), in_days(3, 9, 10), in_days(60), in_days(-1)):
        with pytest.raises(Conflict):
            book(opened, wrong, owner=browser())
    with (
        time_machine.travel(SOON - datetime.timedelta(minutes=59), tick=False),
        pytest.raises(Conflict),
    ):
        book(opened, SOON, owner=browser())
    assert (taken(), Appointment.objects.count()) == (0, 0)


def test_whoever_moves_gives_the_former_place_back(opened):
    made, _ = book(opened, SOON, owner=browser())
    other = in_days(5, 11)
    moved = move(made, opened, other)
    assert (moved.starts_at, taken()) == (other, 1)
    assert SOON in free_times(opened.pk, known=False)
    assert Entry.objects.get(action="appointment.moved").details["day"] == moved.day


def test_a_move_to_a_full_time_leaves_everything_as_it_was(opened):
    full = in_days(5)
    book(opened, full, owner=browser("other"))
    made, _ = book(opened, SOON, owner=browser())
    with pytest.raises(Conflict):
        move(made, opened, full)
    made.refresh_from_db()
    assert (made.starts_at, made.slot.starts_at, taken()) == (SOON, SOON, 2)


def test_a_move_to_another_office(opened):
    there = OfficeFactory(code="5001")
    open_office(OfficerFactory(supervisor=True, office=there), **MORNING)
    made, _ = book(opened, SOON, owner=browser())
    moved = move(made, there, SOON)
    assert (moved.office, moved.slot.office, taken()) == (there, there, 1)


def test_what_was_moved_to_another_office_meanwhile_stays_there(opened):
    """Whoever moves from the former office holds no lock of the present one."""
    there = OfficeFactory(code="5001")
    open_office(OfficerFactory(supervisor=True, office=there), **MORNING)
    made, _ = book(opened, SOON, owner=browser())
    seen_before = Appointment.objects.get(pk=made.pk)
    move(made, there, SOON)
    for act in (lambda: move(seen_before, opened, in_days(5)), lambda: cancel(seen_before)):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "appointment_moved"
    made.refresh_from_db()
    assert (made.office, made.state, taken()) == (there, "booked", 1)


def test_cancelling_gives_back_and_twice_is_as_good_as_once(opened):
    made, _ = book(opened, SOON, owner=browser())
    for _again in range(2):
        assert cancel(made).state == "cancelled"
    assert (taken(), Entry.objects.filter(action="appointment.cancelled").count()) == (0, 1)
    with pytest.raises(Conflict):
        move(made, opened, in_days(4))
    book(opened, in_days(4), owner=browser())


def test_what_is_over_is_neither_moved_nor_cancelled_and_another_can_be_booked(opened):
    made, _ = book(opened, SOON, owner=browser())
    with time_machine.travel(SOON + datetime.timedelta(minutes=1), tick=False):
        for act in (lambda: move(made, opened, in_days(2)), lambda: cancel(made)):
            with pytest.raises(Conflict):
                act()
        book(opened, in_days(2), owner=browser())
    made.refresh_from_db()
    assert made.state == AppointmentState.PASSED


def test_a_network_has_so_many_open_that_no_known_number_stands_behind(opened, settings):
    settings.APPOINTMENTS_OF_NETWORK = 2
    with coming_from("203.0.113.7"):
        first, _ = book(opened, SOON, owner=browser("a"))
        book(opened, in_days(4), owner=owner_of(EnrollmentFactory()))  # begun at will, no number
        with pytest.raises(TooManyOpen):
            book(opened, in_days(5), owner=browser("c"))
        book(opened, in_days(5), owner=known())
        cancel(first)
        book(opened, in_days(6), owner=browser("c"))
    with coming_from("198.51.100.1"):
        book(opened, in_days(7), owner=browser("d"))


def test_next_free_names_the_first_time_of_each_office(opened):
    tomorrow = in_days(1)
    with time_machine.travel(tomorrow - datetime.timedelta(hours=2), tick=False):
        assert next_free([opened.pk, "5001"], known=False) == {opened.pk: tomorrow}
    assert timezone.localdate() < tomorrow.date()
