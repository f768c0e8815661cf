"""A screen turned to a citizen: what the session opens then, whatever address is typed."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from registration.kiosk_mode import KIOSK
from registration.models import Channel, Enrollment
from registration.states import OPEN, State
from tests.factories import PASSWORD, EnrollmentFactory, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(officer) -> Enrollment:
    return EnrollmentFactory(channel=Channel.OFFICE, state=State.VERIFIED, office=officer.office)


@pytest.fixture
def desk(client, officer, signed_in) -> Client:
    return signed_in(client, officer)


def page(case: Enrollment, name: str = "visit") -> str:
    return reverse(f"counter:{name}", args=[case.pk])


def held(desk: Client) -> str | None:
    return desk.session.get(KIOSK)


@pytest.mark.parametrize("name", ["visit", "status", "leave_kiosk"])
def test_the_citizens_own_visit_is_open(desk, case, name):
    desk.post(page(case, "enter_kiosk"))
    assert desk.get(page(case, name)).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/api/v1/terms/",
        "/staff/",
        "/staff/queue/",
        "/staff/counter/",
        "/staff/counter//",
        "/staff/search/",
        "/staff/counter/{pk}/link/",
        "/staff/counter/{pk}/card/again/",
        "/staff/counter/{pk}/status",
        "/staff/counter/{pk}/../../queue/",
        "/staff/counter/{other}/",
        "/staff/counter/{other}/back/",
        "/nothing/there/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_address_leads_to_the_officers_password(desk, case, address, method):
    desk.post(page(case, "enter_kiosk"))
    asked = address.format(pk=case.pk, other=uuid.uuid4())
    answer = getattr(desk, method)(asked)
    assert [answer.status_code, answer.url] == [302, page(case, "leave_kiosk")]


def test_a_wrong_password_leaves_the_screen_as_it_is(desk, case):
    desk.post(page(case, "enter_kiosk"))
    for password in ("", "wrong", PASSWORD.upper(), f" {PASSWORD}"):
        assert desk.post(page(case, "leave_kiosk"), {"password": password}).status_code == 422
    assert held(desk) == str(case.pk)


def test_the_officers_password_opens_the_rest_again(desk, case):
    desk.post(page(case, "enter_kiosk"))
    answer = desk.post(page(case, "leave_kiosk"), {"password": PASSWORD})
    assert [answer.url, held(desk)] == [page(case), None]
    assert desk.get("/staff/queue/").status_code == 200


def test_after_too_many_tries_the_right_password_does_not_help_either(desk, case, settings):
    desk.post(page(case, "enter_kiosk"))
    for _ in range(settings.STAFF_FREE_TRIES + 1):
        desk.post(page(case, "leave_kiosk"), {"password": "wrong"})
    desk.post(page(case, "leave_kiosk"), {"password": PASSWORD})
    assert held(desk) == str(case.pk)


def test_the_language_may_be_chosen_and_another_session_is_not_held(desk, case, signed_in):
    desk.post(page(case, "enter_kiosk"))
    chosen = desk.post(reverse("set_language"), {"language": "en", "next": page(case)})
    assert [chosen.url, held(desk)] == [page(case), str(case.pk)]
    assert signed_in(Client(), OfficerFactory()).get("/staff/queue/").status_code == 200


def test_signing_out_does_not_hand_over_the_officers_session(desk, case):
    desk.post(page(case, "enter_kiosk"))
    desk.post(reverse("account_logout"))
    assert desk.get("/staff/queue/").status_code == 302
    assert desk.get(page(case)).status_code != 200


@pytest.mark.parametrize("state", sorted(OPEN - {State.VERIFIED, State.PASSWORD_SET}))
def test_the_screen_is_turned_only_to_somebody_who_was_verified(desk, case, state):
    Enrollment.objects.update(state=state)
    assert [desk.post(page(case, "enter_kiosk")).status_code, held(desk)] == [404, None]


@pytest.mark.parametrize("fields", [{"channel": Channel.APP}, {"elsewhere": True}])
def test_nor_for_a_case_that_is_not_of_this_counter(desk, case, fields):
    if fields.pop("elsewhere", False):
        fields["office"] = OfficerFactory(elsewhere=True).office
    Enrollment.objects.update(**fields)
    assert [desk.post(page(case, "enter_kiosk")).status_code, held(desk)] == [404, None]
