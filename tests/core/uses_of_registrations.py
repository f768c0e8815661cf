"""What a registration lets happen once, ready to be used, as tests.core.uses has it."""

from django.test import Client
from django.urls import reverse

from devstack.demo.signed_in import sign_in
from registration.errors import Refused
from registration.models import Enrollment
from registration.services.challenges import use_challenge
from registration.services.help_codes import make_code
from registration.states import State
from tests.core.uses import Use, passes
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import PASSWORD, valid_number
from tests.registration.appeals import WORDS, rejected
from tests.registration.proofs import proof
from tests.registration.renewals import ready
from tests.registration.test_challenges import FRAMES, follow, handed_in
from tests.registration.test_guesses import browser_of


def proof_for_the_password(_device, _key) -> Use:
    one, page = ready(valid_number("388880000004"), renewal=False), reverse("registration:password")
    browser, sent = browser_of(one), {"first": PASSWORD, "second": PASSWORD}
    sent["proof"] = proof(one, "password")
    return lambda: browser.post(page, sent).status_code == 302


def turns_of_a_selfie(_device, _key) -> Use:
    one = EnrollmentFactory(state=State.DATA_CONFIRMED)
    turns = follow(one)
    return lambda: passes(Refused, lambda: use_challenge(one, turns.pk, handed_in(FRAMES)))


def code_for_a_call(_device, _key) -> Use:
    code, _row = make_code(EnrollmentFactory())

    def read_out() -> bool:
        desk = sign_in(Client(), OfficerFactory(call_centre=True))
        return desk.post(reverse("help_line:code"), {"code": code}).status_code == 302

    return read_out


def appeal_against_a_rejection(_device, _key) -> Use:
    case = rejected(OfficerFactory())
    browser, page = browser_of(case), reverse("registration:appeal")

    def appeal() -> bool:
        browser.post(page, {"words": WORDS})
        mine = Enrollment.objects.filter(pk=case.pk)
        then = {"state": State.REJECTED, "state_since": case.state_since}  # rejected once more
        return bool(mine.exclude(state=State.REJECTED).update(**then))

    return appeal


USES = (
    proof_for_the_password,
    turns_of_a_selfie,
    code_for_a_call,
    appeal_against_a_rejection,
)
