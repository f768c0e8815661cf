"""What may happen once happens once, also where Redis is emptied in between (FLUSHALL)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.services.booking import book
from appointments.services.codes import open_by_code
from appointments.services.owners import owner_of_browser
from core.guard import once
from core.guard.forgetting import CLOCK_ERRS_AT_MOST
from core.guard.models import Once
from core.guard.tries import Origin
from core.housekeeping import do_duties
from identity.devices import open_link, use_link
from identity.passwords import PasswordRefused, try_password
from registration.errors import Refused
from relying_parties.wallets.offers import OfferRefused, make_offer, take_offer
from rollout.line import snapshot
from tests.appointments.hours import MORNING, in_days, open_office
from tests.core import uses, uses_of_officers, uses_of_registrations
from tests.core.uses import passes, sign_in
from tests.factories import PASSWORD, OfficeFactory, OfficerFactory
from tests.identity.factories import PASSWORD as HOLDERS
from tests.one_time_codes import code_for_a_while
from tests.registration.appeals import CODE, appeal, come_by_reference, rejected
from tests.relying_parties.test_wallets import PRE_AUTHORIZED, Wallet

pytestmark = pytest.mark.django_db
USES = (*uses.USES, *uses_of_officers.USES, *uses_of_registrations.USES)
Guessed = tuple[str, Callable[[str], bool]]  # the right secret, and whether one is let


@pytest.fixture(autouse=True)
def _no_line_of_another_test() -> Iterator[None]:
    yield
    snapshot.look_anew()


@pytest.mark.parametrize("wiped", [False, True])
@pytest.mark.parametrize("prepare", USES, ids=lambda prepare: prepare.__name__)
def test_the_second_time_is_refused(prepare, wiped, device, key):
    use = prepare(device, key)
    first = use()
    if wiped:
        cache.clear()
    assert [first, use()] == [True, False]


def password_of_a_holder(device) -> Guessed:
    here = Origin("address:here")
    return HOLDERS, lambda said: passes(
        PasswordRefused, lambda: try_password(device.digital_id, said, origin=here)
    )


def password_of_an_officer(_device) -> Guessed:
    door, email = "/staff/account/login/", OfficerFactory().email
    return (
        PASSWORD,
        lambda said: Client().post(door, {"login": email, "password": said}).status_code == 302,
    )


def pin_of_an_offer(device) -> Guessed:
    made = make_offer(device.digital_id)
    code = Wallet(made.link).offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"]
    return made.pin, lambda said: passes(OfferRefused, lambda: take_offer(code, said))


def code_of_an_appointment(_device) -> Guessed:
    office = OfficeFactory()
    open_office(OfficerFactory(supervisor=True, office=office), **MORNING)
    one, code = book(office, in_days(2), owner=owner_of_browser("one"))
    here = Origin("address:here")
    return code, lambda said: passes(
        Refused, lambda: open_by_code(one.reference, said, origin=here)
    )


def code_of_the_card_of_an_appeal(_device) -> Guessed:
    case = come_by_reference(rejected(OfficerFactory()))
    return CODE, lambda said: passes(Refused, lambda: appeal(case, card_code=said))


@pytest.mark.parametrize(("wrong", "is_let"), [(4, True), (5, False)])
@pytest.mark.parametrize(
    "prepare",
    [
        password_of_a_holder,
        password_of_an_officer,
        pin_of_an_offer,
        code_of_an_appointment,
        code_of_the_card_of_an_appeal,
    ],
    ids=lambda prepare: prepare.__name__,
)
def test_wiping_after_each_guess_gives_no_more_of_them(prepare, wrong, is_let, device):
    right, guess = prepare(device)
    for _ in range(wrong):
        assert not guess("a wrong one")
        cache.clear()
    assert guess(right) is is_let


def test_the_code_that_set_an_app_up_does_not_sign_in(client):
    officer = OfficerFactory()
    client.post("/staff/account/login/", {"login": officer.email, "password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_for_a_while(secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert not sign_in(officer, code)


def test_one_kind_does_not_use_up_another():
    minute = timedelta(minutes=1)
    asked = [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")]
    first = [once.claim(kind, what, keep=minute) for kind, what in asked]
    assert first == [True, True, True, False]


def test_rows_go_when_they_are_over_and_not_before():
    once.claim("a", "kept", keep=timedelta(minutes=1))
    once.claim("a", "over", keep=timedelta(minutes=1))
    over = timezone.now() - CLOCK_ERRS_AT_MOST
    Once.objects.exclude(pk=once._key("a", "kept")).update(expires_at=over)
    do_duties(within=timedelta(seconds=10))
    assert [once.was_claimed("a", what) for what in ("kept", "over")] == [True, False]


@pytest.mark.parametrize(
    ("kept_house", "tried_again"),
    [
        (timedelta(minutes=90), timedelta()),  # two hours later the clock was set two hours back
        (timedelta(days=1), timedelta(seconds=30)),  # it was a day ahead for some seconds
    ],
)
def test_what_was_used_stays_used_when_the_clock_is_set(kept_house, tried_again):
    at = timezone.now()
    with time_machine.travel(at, tick=False) as clock:
        assert once.claim("a", "code", keep=timedelta(minutes=2))
        clock.move_to(at + kept_house)
        do_duties(within=timedelta(seconds=10))
        clock.move_to(at + tried_again)
        assert not once.claim("a", "code", keep=timedelta(minutes=2))


def test_a_link_whose_time_is_over_leads_nowhere(device):
    secret = open_link(device.digital_id)
    Once.objects.update(expires_at=timezone.now())
    assert use_link(secret) is None


def test_rows_name_nobody():
    once.claim("shown", "1101700230708", keep=timedelta(minutes=1))
    assert "1101700230708" not in str(Once.objects.values().get())
