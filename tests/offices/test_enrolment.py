"""Setting up the authenticator app. allauth tells of it after the commit, so commits are real."""

import re

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from tests.one_time_codes import code_for_a_while

ENROL = "/staff/account/2fa/totp/activate/"
AGAIN = "/staff/account/2fa/reauthenticate/"


def _code(page: str) -> str:
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7]+)<', page).group(1)
    return code_for_a_while(secret)


def test_enrolling_asks_for_the_password_once_and_ends_at_the_recovery_codes(
    transactional_db, newcomer
):
    page = newcomer.get(ENROL)
    assert page.status_code == 200
    answer = newcomer.post(ENROL, {"code": _code(page.text)}, follow=True)
    assert [answer.status_code, answer.templates[0].name] == [
        200,
        "mfa/recovery_codes/index.html",
    ]
    assert newcomer.get("/staff/queue/").status_code == 200


def test_a_code_typed_once_more_gives_the_session_a_new_key(transactional_db, newcomer):
    page = newcomer.post(ENROL, {"code": _code(newcomer.get(ENROL).text)}, follow=True).text
    recovery = re.search(r">\s*([0-9a-f]{8})\s*<", page).group(1)
    before = newcomer.cookies[settings.SESSION_COOKIE_NAME].value
    answer = newcomer.post(AGAIN, {"code": recovery})
    after = newcomer.cookies[settings.SESSION_COOKIE_NAME].value
    assert [answer.status_code, before == after] == [302, False]
    assert newcomer.get("/staff/queue/").status_code == 200
    thief = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={before}"})
    assert thief.get("/staff/queue/").status_code == 302
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [after]
