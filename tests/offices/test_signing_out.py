"""Signing somebody out everywhere: for an administrator alone, with a reason and a fresh code."""

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from audit.models import Entry
from offices.models import Officer
from tests.factories import OfficerFactory
from tests.levers import REASON, administrators_client, prove_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Officer:
    """With an open session."""
    officer = OfficerFactory()
    UserSession.objects.create(user=officer, ip="127.0.0.1", session_key="a")
    return officer


def sessions_of(officer: Officer) -> int:
    return UserSession.objects.filter(user=officer).count()


def test_with_a_reason_every_session_ends_and_the_log_says_why(officer):
    page = reverse("people:end_all_sessions", args=[officer.pk])
    administrators_client().post(page, {"reason": REASON})
    entry = Entry.objects.get(action="officer.session_ended")
    assert [sessions_of(officer), entry.subject_id, entry.reason] == [0, str(officer.pk), REASON]


@pytest.mark.parametrize("given", [{}, {"reason": "short"}, {"reason": "of a@example.org, yes"}])
def test_without_a_reason_nothing_ends(officer, given):
    page = reverse("people:end_all_sessions", args=[officer.pk])
    administrators_client().post(page, given)
    assert sessions_of(officer) == 1


def test_without_a_fresh_code_it_is_asked_for_first(officer):
    administrator = OfficerFactory(administrator=True)
    client = administrators_client(administrator)
    prove_factor(client, administrator, ago=3600)
    page = reverse("people:end_all_sessions", args=[officer.pk])
    answer = client.post(page, {"reason": REASON})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert sessions_of(officer) == 1
    told = client.get(answer.url, headers={"Accept-Language": "en"}).text
    assert "Nothing was done yet. Enter a code, then press once more." in told


@pytest.mark.parametrize(("typed", "times"), [(REASON, 2), ("of a@example.org, yes", 0)])
def test_the_reason_is_filled_in_where_it_is_pressed_again(officer, typed, times):
    administrator = OfficerFactory(administrator=True)
    client = administrators_client(administrator)
    prove_factor(client, administrator, ago=3600)
    client.post(reverse("people:end_all_sessions", args=[officer.pk]), {"reason": typed})
    prove_factor(client, administrator)
    other, own = (reverse("people:person", args=[one.pk]) for one in (OfficerFactory(), officer))
    shown = [client.get(page).text.count(f'value="{typed}"') for page in (other, own, own)]
    assert shown == [0, times, 0]


def test_the_page_asks_for_the_reason_in_a_field_of_its_own(officer):
    page = administrators_client().get(reverse("people:person", args=[officer.pk])).text
    assert page.count('id="sessions_reason"') == page.count('id="id_reason"') == 1
