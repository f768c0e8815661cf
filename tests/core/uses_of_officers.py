"""What proves an officer and does so once, ready to be used, as tests.core.uses has it."""

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from devstack.demo.signed_in import prove_factor
from devstack.demo.signed_in import sign_in as signed_in
from offices.models import Officer
from tests.core.uses import SEED, Use, sign_in
from tests.factories import OfficerFactory
from tests.identity.authenticator import Authenticator
from tests.one_time_codes import code_for_a_while


def desk_of(officer: Officer) -> Client:
    return signed_in(Client(SERVER_NAME="localhost"), officer)


def code_at_the_door_and_inside(_device, _key) -> Use:
    """An open session is at hand as well: what opened the door confirms no change there."""
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code, desk = code_for_a_while(SEED), desk_of(officer)

    def confirm(_officer: Officer, code: str) -> bool:
        return desk.post(reverse("mfa_reauthenticate"), {"code": code}).status_code == 302

    doors = iter((sign_in, confirm))
    return lambda: next(doors)(officer, code)


def answer_of_an_officers_key(_device, _key) -> Use:
    officer, own = OfficerFactory(), Authenticator(origin="http://localhost")
    desk, add = desk_of(officer), reverse("mfa_add_webauthn")
    prove_factor(desk, officer)
    asked = desk.get(add).context["js_data"]["creation_options"]
    desk.post(add, {"name": "Key", "credential": own.create(asked)})
    again = reverse("mfa_reauthenticate_webauthn")
    asked = desk.get(again).context["js_data"]["request_options"]
    sent = {"credential": own.get(asked), "next": "/staff/queue/"}
    return lambda: desk.post(again, sent).url == "/staff/queue/"


USES = (code_at_the_door_and_inside, answer_of_an_officers_key)
