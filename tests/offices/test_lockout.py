"""Guessing at the door, leaving the desk, ending sessions."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from audit.models import Entry
from core.guard.models import Tries
from core.guard.tries import origin_of_address
from offices import lockout
from tests.factories import PASSWORD, OfficerFactory

pytestmark = pytest.mark.django_db
LOGIN = "/staff/account/login/"


@pytest.fixture(autouse=True)
def _no_limits_in_redis(settings) -> None:
    """What is tried here is the lock that outlives Redis."""
    settings.ACCOUNT_RATE_LIMITS = False


def sign_in(email: str, password: str) -> int:
    return Client().post(LOGIN, {"login": email, "password": password}).status_code


def request_from(address: str = "127.0.0.1") -> HttpRequest:
    return RequestFactory().post(LOGIN, REMOTE_ADDR=address)


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_the_right_one_has_to_wait(known):
    email = OfficerFactory().email if known else "nobody@example.org"
    for _ in range(5):
        sign_in(email, "wrong")
    answer = sign_in(email, PASSWORD)
    assert [answer, *Tries.objects.values_list("tries", flat=True)] == [200, 5, 5]


def test_the_lock_is_recorded_and_ends(officer):
    for _ in range(5):
        sign_in(officer.email, "wrong")
    assert Entry.objects.about(officer).filter(action="officer.locked_out").count() == 1
    assert lockout.locked_until(officer) > timezone.now()
    Tries.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(officer.email, PASSWORD) == 302
    assert lockout.locked_until(officer) is None


def test_each_further_try_doubles_the_pause():
    pauses = []
    for _ in range(9):
        lockout.count_try(request_from(), "a@example.org")
        row = Tries.objects.order_by("pk")[0]
        pauses.append(row.locked_until and round((row.locked_until - row.since).seconds / 60))
        Tries.objects.update(locked_until=None)
    assert pauses == [None, None, None, None, 1, 2, 4, 8, 16]


def test_a_right_password_does_not_forgive_wrong_codes(officer):
    for _ in range(5):
        lockout.count_try(request_from(), officer.email)
    lockout.take_back_try(request_from(), officer.email)
    assert set(Tries.objects.values_list("tries", flat=True)) == {4}


def test_guesses_elsewhere_do_not_lock_an_officer_out(officer):
    for _ in range(7):
        Client().post(LOGIN, {"login": officer.email, "password": "wrong"}, REMOTE_ADDR="192.0.2.9")
    assert sign_in(officer.email, PASSWORD) == 302


def test_a_thousand_addresses_have_no_thousand_times_the_tries_and_a_known_browser_its_own(officer):
    browser = Client()
    assert browser.post(LOGIN, {"login": officer.email, "password": PASSWORD}).status_code == 302
    browser.post("/staff/account/logout/")
    told = [lockout.count_try(request_from(f"192.0.2.{one}"), officer.email) for one in range(60)]
    assert told == [True] * 50 + [False] * 10
    assert sign_in(officer.email, PASSWORD) == 200
    assert browser.post(LOGIN, {"login": officer.email, "password": PASSWORD}).status_code == 302


def test_one_subscribers_network_is_one_origin_and_a_mapped_address_is_itself():
    origins = [
        origin_of_address(request_from(address))
        for address in ("2001:db8::1", "2001:db8::2:1", "2001:db8:0:100::1", "::ffff:192.0.2.1")
    ]
    assert origins[0] == origins[1] != origins[2]
    assert origins[3] == origin_of_address(request_from("192.0.2.1"))


@pytest.mark.parametrize("forged", ["", "018f", "018f:1uXyz:signature"])
def test_a_browser_is_not_known_because_it_says_so(officer, forged):
    request = request_from()
    request.COOKIES[lockout._cookie(officer.email)] = forged
    assert lockout.origin_of(request, officer.email).known is False


def test_a_browser_that_is_known_to_one_officer_is_not_to_another(officer):
    browser, other = Client(), OfficerFactory()
    browser.post(LOGIN, {"login": officer.email, "password": PASSWORD})
    (name,) = (name for name in browser.cookies if name.startswith("staff-"))
    request = request_from()
    request.COOKIES[name] = browser.cookies[name].value
    request.COOKIES[lockout._cookie(other.email)] = browser.cookies[name].value
    assert lockout.origin_of(request, officer.email).known is True
    assert lockout.origin_of(request, other.email).known is False


def test_the_old_password_is_guessed_no_more_often_when_it_is_to_be_changed(
    client, officer, signed_in
):
    signed_in(client, officer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    said = {"oldpassword": "wrong", "password1": "ข้าวเหนียวมะม่วง", "password2": "ข้าวเหนียวมะม่วง"}
    for _ in range(5):
        client.post("/staff/account/password/change/", said)
    page = client.post("/staff/account/password/change/", said | {"oldpassword": PASSWORD})
    assert "wait a while" in page.text


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_an_officer_who_does_nothing_is_signed_out(client, officer, signed_in, minutes, status):
    signed_in(client, officer)
    key = f"staff-seen:{client.session.session_key}"
    cache.set(key, time.time() - minutes * 60)
    assert client.get("/staff/queue/").status_code == status


def test_a_page_that_refreshes_itself_does_not_count_as_work(client, officer, signed_in):
    signed_in(client, officer)
    key, before = f"staff-seen:{client.session.session_key}", time.time() - 600
    cache.set(key, before)
    client.get("/staff/queue/", headers={"Sec-Fetch-Dest": "empty"})
    assert cache.get(key) == before
    client.get("/staff/queue/", headers={"Sec-Fetch-Dest": "document"})
    assert cache.get(key) > before


def test_the_door_says_why_one_was_signed_out(client, officer, signed_in):
    signed_in(client, officer)
    cache.set(f"staff-seen:{client.session.session_key}", time.time() - 7200)
    page = client.get("/staff/queue/", follow=True)
    assert "nothing was done for a while" in page.text


def test_without_redis_nobody_is_signed_out(client, officer, signed_in, settings):
    signed_in(client, officer)
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert client.get("/staff/queue/").status_code == 200


def test_one_session_of_ones_own_is_ended_and_no_other_persons(client, officer, signed_in):
    signed_in(client, officer)
    mine = UserSession.objects.create(user=officer, ip="127.0.0.1", session_key="a")
    other = UserSession.objects.create(user=OfficerFactory(), ip="127.0.0.1", session_key="b")
    answers = [client.post(f"/staff/sessions/{row.pk}/end/") for row in (mine, other)]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert list(UserSession.objects.filter(session_key__in="ab")) == [other]
