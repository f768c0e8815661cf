"""Setting up the authenticator app. allauth tells of it after the commit, so commits are real."""

import base64
import re

from django_otp.oath import totp

ENROL = "/staff/account/2fa/totp/activate/"


def _code(page: str) -> str:
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7]+)<', page).group(1)
    return f"{totp(base64.b32decode(secret)):06}"


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
