"""What a change of a phase does to people is that of the worst day, not of the first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.templatetags.thai import people_date
from offices.levers import LEVERS, Effect
from registration.models import Channel, Enrollment
from registration.states import State
from rollout.models import Phase
from tests.factories import EnrollmentFactory, OfficeFactory

pytestmark = pytest.mark.django_db
ALL_PLACES = 60_000_000


def effect(subject: str = "national", **new) -> Effect:
    return LEVERS["phase"].effect(subject, new)


def on(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def told(days: int) -> str:
    return people_date(on(days))


def begun(count: int, *, province: str = "12", **values) -> list[Enrollment]:
    """Under way on the web; "" for somebody whose province is not known yet."""
    office = OfficeFactory(code=f"{province}06") if province else None
    return EnrollmentFactory.create_batch(
        count, **{"state": State.CARD_CAPTURED, "channel": Channel.SELF, "office": office} | values
    )


@pytest.fixture(autouse=True)
def three_provinces(db) -> None:
    for code in ("1206", "4006", "5006"):
        OfficeFactory(code=code)


def test_a_phase_in_force_that_is_put_off_stops_people_today():
    begun(3)
    found = effect(starts_on=on(7))
    assert found.people == 3
    assert found.sentences[:3] == [
        f"In force on {told(0)}: National, then Pilot.",
        "3 registrations under way will be stopped.",
        "No longer open: App, Web.",
    ]


def test_a_phase_that_ends_tomorrow_stops_people_the_day_after():
    begun(3)
    found = effect(ends_on=on(1))
    closed = f"In force on {told(2)}: National, then no phase: registration is closed."
    assert (found.people, found.sentences[0]) == (3, closed)


@pytest.mark.parametrize(
    "new", [{"starts_on": on(7)}, {"ends_on": on(1)}, {"closed": True}, {"capacity": 1}]
)
def test_where_nobody_is_under_way_it_is_about_all_the_places(new):
    Phase.objects.filter(code="pilot").delete()
    assert effect(**new).people >= ALL_PLACES - 1


@pytest.mark.parametrize("new", [{"provinces": ["12"]}, {"opens_self": False}])
def test_a_door_that_is_shut_is_about_all_the_places_though_they_stay(new):
    assert effect(**new).people == ALL_PLACES


def test_provinces_that_are_shut_out_are_named_and_their_people_counted():
    begun(2, province="12")
    begun(4, province="50")
    begun(5, province="")
    found = effect(provinces=["12"])
    assert found.people == 9
    assert found.sentences[:4] == [
        f"In force on {told(0)}: National, with the new values.",
        "4 registrations under way will be stopped.",
        "No longer open in any province but: Province 12.",
        "5 more may be stopped: their provinces are not known yet.",
    ]
    assert "No longer open in: Province 50." in effect(provinces=["12", "40"]).sentences


def test_what_was_stopped_before_is_not_stopped_by_the_change():
    begun(3, province="50")
    Phase.objects.filter(code="national").update(provinces=["12", "40"])
    begun(2, province="40")
    assert effect(provinces=["12"]).people == 2


def test_renewals_and_those_who_are_through_are_not_counted():
    begun(1, renewal=True)
    begun(1, state=State.DATA_CONFIRMED)
    begun(1, province="", state=State.STARTED)
    assert effect(starts_on=on(7)).people == 1


def test_the_worst_of_several_days_comes_first_and_the_others_are_named():
    begun(3)
    begun(2, channel=Channel.APP)
    Phase.objects.filter(code="pilot").update(opens_self=True)
    Phase.objects.create(
        code="later", name="Later", capacity=9, starts_on=on(9), opens_self=False, opens_app=False
    )
    found = effect(starts_on=on(5), opens_self=False, ends_on=on(6))
    assert found.people == 5
    assert found.sentences[0].startswith(f"In force on {told(7)}: National, then no phase")
    assert found.sentences[-2:] == [
        f"In force on {told(0)}: National, then Pilot.",
        f"In force on {told(5)}: National, with the new values.",
    ]


def test_a_change_of_what_is_never_in_force_touches_nobody():
    begun(3)
    assert effect("pilot", capacity=7) == Effect(0, ["This changes on no day what is in force."])
    assert effect(ends_on="9999-12-31").people == 0


def test_a_lack_of_places_stops_those_who_have_none_yet():
    begun(4, state=State.STARTED)
    begun(1)
    assert effect(capacity=3).people == 1
