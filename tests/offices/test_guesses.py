"""An officer's password and codes: emptying Redis gives no more guesses at them, at any page."""

import base64
from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from devstack.demo.signed_in import prove_factor, sign_in
from offices.models import Officer
from tests.factories import PASSWORD
from tests.guesses import FREE, Guess, only_the_last, opened
from tests.one_time_codes import code_for_a_while

pytestmark = pytest.mark.django_db
SEED = base64.b32encode(b"a seed of twenty byte").decode()
NEW = "ข้าวเหนียวมะม่วงหน้าฝน"
Door = Callable[[Officer], tuple[Guess, str]]  # a guess at it, and the right secret


def at(client: Client, page: str, field: str, **fields: str) -> Guess:
    address = reverse(page)
    return lambda said: client.post(address, fields | {field: said}).status_code == 302


def password_at_the_door(officer: Officer) -> tuple[Guess, str]:
    return at(Client(), "account_login", "password", login=officer.email), PASSWORD


def behind_the_password(officer: Officer) -> Guess:
    """Each time from a browser of its own, which gives the right password first."""

    def guess(said: str) -> bool:
        browser = Client()
        at(browser, "account_login", "password", login=officer.email)(PASSWORD)
        at(browser, "mfa_authenticate", "code")(said)
        return SESSION_KEY in browser.session

    return guess


def code_at_the_door(officer: Officer) -> tuple[Guess, str]:
    return behind_the_password(officer), code_for_a_while(SEED)


def recovery_code_at_the_door(officer: Officer) -> tuple[Guess, str]:
    return behind_the_password(officer), RecoveryCodes.activate(officer).generate_codes()[0]


def code_before_a_change(officer: Officer) -> tuple[Guess, str]:
    inside = sign_in(Client(), officer)
    return at(inside, "mfa_reauthenticate", "code"), code_for_a_while(SEED)


def recovery_code_before_a_change(officer: Officer) -> tuple[Guess, str]:
    guess, _code = code_before_a_change(officer)
    return guess, RecoveryCodes.activate(officer).generate_codes()[0]


def password_before_a_change(officer: Officer) -> tuple[Guess, str]:
    return at(sign_in(Client(), officer), "account_reauthenticate", "password"), PASSWORD


def password_that_is_changed(officer: Officer) -> tuple[Guess, str]:
    inside = sign_in(Client(), officer)
    prove_factor(inside, officer)
    fields = {"password1": NEW, "password2": NEW}
    return at(inside, "account_change_password", "oldpassword", **fields), PASSWORD


DOORS: tuple[Door, ...] = (
    password_at_the_door,
    code_at_the_door,
    recovery_code_at_the_door,
    code_before_a_change,
    recovery_code_before_a_change,
    password_before_a_change,
    password_that_is_changed,
)


@pytest.mark.parametrize(("wrong", "is_let"), [(FREE - 1, True), (FREE, False)])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("role", ["officer", "administrator"])
def test_a_wiped_redis_gives_no_more_guesses(role, door, wrong, is_let, request):
    officer = request.getfixturevalue(role)
    TOTP.activate(officer, SEED)
    guess, right = door(officer)
    told = opened(guess, wrong=wrong, right=right, as_wrong="000000")
    assert told == only_the_last(wrong, is_let=is_let)
