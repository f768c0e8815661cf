"""Guessing at the door, leaving the desk, ending sessions."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from offices import lockout
from offices.models import SignInTries
from tests.factories import PASSWORD, OfficerFactory

pytestmark = pytest.mark.django_db
LOGIN = "/staff/account/login/"


@pytest.fixture(autouse=True)
def _no_limits_in_redis(settings) -> None:
    """What is tried here is the lock that outlives Redis."""
    settings.ACCOUNT_RATE_LIMITS = False


def sign_in(email: str, password: str) -> int:
    return Client().post(LOGIN, {"login": email, "password": password}).status_code


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_the_right_one_has_to_wait(known):
    email = OfficerFactory().email if known else "nobody@example.org"
    for _ in range(5):
        sign_in(email, "wrong")
    answer = sign_in(email, PASSWORD)
    assert [answer, SignInTries.objects.get().tries] == [200, 5]


def test_the_lock_is_recorded_and_ends(officer):
    for _ in range(5):
        sign_in(officer.email, "wrong")
    assert Entry.objects.about(officer).filter(action="officer.locked_out").count() == 1
    SignInTries.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(officer.email, PASSWORD) == 302
    assert not SignInTries.objects.exists()


def test_each_further_try_doubles_the_pause():
    pauses = []
    for _ in range(9):
        lockout.count_try("a@example.org")
        row = SignInTries.objects.get()
        pauses.append(row.locked_until and round((row.locked_until - row.last_at).seconds / 60))
        SignInTries.objects.update(locked_until=None)
    assert pauses == [None, None, None, None, 1, 2, 4, 8, 16]


def test_a_right_password_does_not_forgive_wrong_codes(officer):
    for _ in range(4):
        lockout.count_try(officer.email)
    lockout.count_try(officer.email)
    lockout.take_back_try(officer.email)
    assert SignInTries.objects.get().tries == 4


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
