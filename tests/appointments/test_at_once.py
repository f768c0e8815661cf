"""At the same moment: never more than there are slots, and never two of one owner."""

import uuid

import pytest

from appointments.models import Appointment, Slot
from appointments.services.booking import TooManyOpen, book, cancel, move
from appointments.services.opening import close_day
from appointments.services.owners import owner_of, owner_of_browser
from core.origin import coming_from
from registration.errors import Conflict
from tests.appointments.hours import MORNING, WHY, in_days, open_office
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.registration.test_calls_at_once import at_once

pytestmark = pytest.mark.usefixtures("transactional_db")
SOON = in_days(3)


def opened(counters: int):
    office = OfficeFactory()
    supervisor = OfficerFactory(supervisor=True, office=office)
    open_office(supervisor, **MORNING | {"counters": counters})
    return office, supervisor


def known():
    return owner_of(EnrollmentFactory(number_key=uuid.uuid4()))


def held() -> int:
    return Slot.objects.exclude(appointment=None).count()


def refused(got) -> int:
    return sum(one is Conflict for one in got)


def test_twenty_at_once_get_the_last_three_places_and_no_fourth():
    office, _ = opened(counters=3)
    owners = [known() for _ in range(20)]
    got = at_once(*[lambda owner=owner: book(office, SOON, owner=owner) for owner in owners])
    assert (refused(got), held(), Appointment.objects.count()) == (17, 3, 3)


def test_two_presses_of_one_person_at_once_give_one_appointment():
    office, _ = opened(counters=4)
    owner, times = owner_of_browser("one"), (SOON, in_days(4))
    got = at_once(*[lambda time=time: book(office, time, owner=owner) for time in times])
    assert (refused(got), held(), Appointment.objects.count()) == (1, 1, 1)


def test_a_place_given_back_goes_to_one_of_those_who_want_it():
    office, _ = opened(counters=1)
    first, _ = book(office, SOON, owner=known())
    owners = [known() for _ in range(5)]
    calls = [lambda owner=owner: book(office, SOON, owner=owner) for owner in owners]
    got = at_once(lambda: cancel(first), *calls)
    assert (held(), refused(got)) in {(1, 4), (0, 5)}
    if not held():
        book(office, SOON, owner=owners[0])


def test_two_who_change_places_both_keep_one():
    """Neither time is free while the other holds it: nobody waits for ever, nobody loses."""
    office, _ = opened(counters=1)
    other = in_days(4)
    first, _ = book(office, SOON, owner=known())
    second, _ = book(office, other, owner=known())
    at_once(lambda: move(first, office, other), lambda: move(second, office, SOON))
    times = Appointment.objects.values_list("starts_at", "slot__starts_at").order_by("starts_at")
    assert list(times) == [(SOON, SOON), (other, other)]


def test_ten_move_to_one_free_slot_and_one_gets_it():
    office, _ = opened(counters=5)
    times = (SOON, in_days(4))
    mine = [book(office, time, owner=known())[0] for time in times for _ in range(5)]
    third = in_days(5)
    Slot.objects.filter(starts_at=third, number__gt=0).delete()
    got = at_once(*[lambda one=one: move(one, office, third) for one in mine])
    assert (refused(got), held()) == (9, 10)
    assert Appointment.objects.filter(starts_at=third).count() == 1


def test_a_day_that_closes_while_people_book_keeps_nobody():
    office, supervisor = opened(counters=5)
    owners = [known() for _ in range(5)]
    day = SOON.date()
    calls = [lambda owner=owner: book(office, SOON, owner=owner) for owner in owners]
    close = lambda: close_day(day, officer=supervisor, reason=WHY, expected=0)  # noqa: E731
    got = at_once(close, *calls)
    there = Appointment.objects.count()
    closed = got[0] == 0
    assert there == (0 if closed else held())
    assert Slot.objects.filter(starts_at=SOON).count() == (0 if closed else 5)


def test_a_network_at_its_limit_is_not_let_over_it_by_asking_at_once(settings):
    settings.APPOINTMENTS_OF_NETWORK = 3
    office, _ = opened(counters=20)

    def press(name: str):
        with coming_from("203.0.113.7"):
            return book(office, SOON, owner=owner_of_browser(name))

    got = at_once(*[lambda name=name: press(name) for name in "abcdefgh"])
    assert (sum(one is TooManyOpen for one in got), held()) == (5, 3)
