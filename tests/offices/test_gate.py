"""The way from a password to the first page: nothing opens before the second factor."""

import pytest
from django.test import Client

from tests.factories import OfficerFactory

pytestmark = pytest.mark.django_db

ENROL = "/staff/account/2fa/totp/activate/"
LOGIN = "/staff/account/login/"
CLOSED = [
    f"/staff/account/{path}/"
    for path in ("signup", "email", "password/reset", "password/reset/done", "password/set")
]


def test_a_password_alone_leads_to_enrolment_whatever_page_is_asked_for(newcomer):
    answers = [newcomer.get(path, headers={"Accept": "text/html"}) for path in ("/staff/", "/")]
    assert [answer.url for answer in answers] == [ENROL, ENROL]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/favicon.ico", {"Accept": "image/*", "Sec-Fetch-Dest": "image"}, 403),
        ("/staff/queue/", {"Accept": "text/html", "Sec-Fetch-Dest": "empty"}, 403),
        ("/staff/queue/", {"Accept": "*/*"}, 403),
        ("/static/no-such-file.css", {"Accept": "text/css", "Sec-Fetch-Dest": "style"}, 404),
    ],
)
def test_what_is_not_a_page_is_never_led_to_enrolment(newcomer, path, headers, status):
    secret = newcomer.get(ENROL).context["form"].secret
    assert newcomer.get(path, headers=headers).status_code == status
    assert newcomer.session["mfa.totp.secret"] == secret


def test_a_password_given_long_ago_is_asked_for_again(newcomer):
    session = newcomer.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= 3600
    session.save()
    answer = newcomer.get(ENROL)
    assert [answer.status_code, answer.url.startswith("/staff/account/reauthenticate/")] == [
        302,
        True,
    ]


def test_a_session_from_before_the_factor_is_begun_again(client, signed_in):
    officer = OfficerFactory()
    signed_in(client, officer)
    elsewhere = Client()
    elsewhere.force_login(officer)
    assert elsewhere.get("/staff/queue/", headers={"Accept": "text/html"}).url == LOGIN
    assert "_auth_user_id" not in elsewhere.session


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ({}, "/staff/queue/"),
        ({"supervisor": True}, "/staff/queue/"),
        ({"administrator": True}, "/staff/dashboard/"),
        ({"auditor": True}, "/staff/dashboard/"),
    ],
)
def test_everybody_begins_at_a_page_that_opens_for_them(client, signed_in, role, page):
    signed_in(client, OfficerFactory(**role))
    assert client.get("/staff/").url == page
    assert client.get(LOGIN).url == page
    assert client.get(page).status_code == 200


def test_a_stranger_at_the_entry_is_shown_the_door(client):
    assert client.get("/staff/").url == f"{LOGIN}?next=/staff/"


@pytest.mark.parametrize("path", CLOSED)
def test_pages_that_only_administrators_replace_are_closed(client, signed_in, path):
    assert signed_in(client, OfficerFactory()).get(path).status_code == 404


def test_the_door_says_who_gives_a_new_password(client):
    page = client.get(LOGIN, headers={"Accept-Language": "en"}).text
    assert ["An administrator of the portal" in page, "password/reset" in page] == [True, False]
