"""Places: to the last one, side by side, given back, and none without an open phase."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from audit.services import Actor
from registration.errors import Refused
from registration.models import Channel, Enrollment
from registration.services.enrolling import accept_terms, start_enrollment, withdraw
from registration.services.gates import gates
from registration.states import State
from rollout import services
from rollout.models import Phase, Place

ACTOR = Actor.system("test")


@pytest.fixture
def phase(db) -> Phase:
    return Phase.objects.get(code="national")


def change(phase: Phase, **values) -> Phase:
    for name, value in values.items():
        setattr(phase, name, value)
    services.change_phase(phase, actor=ACTOR)
    return phase


def sign_up() -> str:
    """The state reached, or the code of the refusal."""
    enrollment, _token = start_enrollment(channel=Channel.SELF)
    try:
        return accept_terms(enrollment, version=settings.TERMS_VERSION).state
    except Refused as refusal:
        assert Enrollment.objects.get(pk=enrollment.pk).state == State.STARTED
        return refusal.code


def test_the_phase_that_began_last_is_the_one_in_force(db):
    assert services.current_phase().code == "national"
    assert services.current_phase(date(2022, 5, 1)).code == "pilot"
    assert services.current_phase(date(2019, 5, 1)) is None


def test_a_phase_that_has_ended_is_not_in_force(phase):
    change(phase, ends_on=timezone.localdate() - timedelta(days=1))
    assert services.current_phase() is None
    with pytest.raises(services.NotOpen):
        services.may_register(channel="self")


@pytest.mark.parametrize("channel", ["office", "self", "app"])
def test_a_way_that_is_closed_is_refused_and_the_others_are_not(phase, channel):
    change(phase, **{f"opens_{channel}": False})
    with pytest.raises(services.NotOpen):
        services.may_register(channel=channel)
    for other in {"office", "self", "app"} - {channel}:
        assert services.may_register(channel=other) == phase


def test_only_the_provinces_opened_may_register(phase):
    change(phase, provinces=["12", "50"])
    assert services.may_register(channel="self", province="50") == phase
    with pytest.raises(services.NotOpen):
        services.may_register(channel="self", province="10")


def test_a_citizen_is_told_when_registration_is_not_open(client, phase):
    change(phase, opens_self=False)
    page = client.post(reverse("registration:start"))
    assert page.status_code == 403
    assert Enrollment.objects.count() == 0


def test_the_last_place_is_given_and_no_more(phase):
    change(phase, capacity=3)
    assert [sign_up() for _ in range(4)] == ["consented"] * 3 + ["capacity_full"]
    assert services.places_taken(phase) == Place.objects.count() == 3


def test_a_place_given_up_goes_to_another(phase):
    change(phase, capacity=1)
    enrollment, _token = start_enrollment()
    accept_terms(enrollment, version=settings.TERMS_VERSION)
    assert sign_up() == "capacity_full"
    withdraw(enrollment)
    assert sign_up() == "consented"


def test_more_capacity_opens_places_and_less_takes_none_away(phase):
    change(phase, capacity=2)
    assert [sign_up(), sign_up(), sign_up()] == ["consented", "consented", "capacity_full"]
    change(phase, capacity=3)
    assert sign_up() == "consented"
    change(phase, capacity=1)
    assert (sign_up(), services.places_taken(phase)) == ("capacity_full", 3)


def test_a_changed_phase_is_in_the_log(phase):
    change(phase, capacity=7, opens_app=False)
    details = Entry.objects.get(action="phase.changed").details
    assert (details["capacity"], details["channels"]) == (7, ["office", "self"])


@pytest.mark.parametrize("closed", [{}, {"opens_self": False, "provinces": ["50"]}])
def test_a_renewal_takes_no_place_and_waits_for_no_phase(phase, closed):
    change(phase, capacity=1)
    assert [sign_up(), sign_up()] == ["consented", "capacity_full"]
    change(phase, **closed)
    enrollment, _token = start_enrollment(channel=Channel.SELF, renewal=True)
    entered = accept_terms(enrollment, version=settings.TERMS_VERSION)
    for gate in gates:
        gate.office_assigned(entered, province="12")
    withdraw(entered)
    assert (services.places_taken(phase), Place.objects.count()) == (1, 1)


@pytest.fixture
def forty_places(transactional_db):
    return change(Phase.objects.get(code="national"), capacity=40)


def test_sign_ups_side_by_side_take_every_place_once(forty_places):
    def one(_number: int) -> str:
        try:
            return sign_up()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(60)))
    assert (answers.count("consented"), answers.count("capacity_full")) == (40, 20)
    assert services.places_taken(forty_places) == Place.objects.count() == 40
