"""A phone that changes what it signed or was given (tests.mutating)."""

import json
from collections.abc import Iterator

import pytest

from identity import passkeys
from identity.codes import from_digits, to_digits
from identity.models import Passkey
from identity.passkeys import PasskeyRefused
from identity.presentation import Verdict, check_presentation, public_key_problem
from tests.identity.authenticator import Authenticator
from tests.identity.tokens import make_code, make_token
from tests.mutating import bytes_of, decoded, encoded, json_of, raised, tokens_of

pytestmark = pytest.mark.django_db


def test_a_shown_token(device, key):
    assert raised(check_presentation, tokens_of(make_token(device, key), key)) == {}
    assert check_presentation(make_token(device, key)).verdict == Verdict.VALID


def test_a_shown_code(device, key):
    code = make_code(device, key)
    assert raised(check_presentation, map(to_digits, bytes_of(from_digits(code)))) == {}
    assert check_presentation(code).verdict == Verdict.VALID


def test_a_key_of_a_device(key):
    assert raised(public_key_problem, json_of(key.as_dict(private=True))) == {}
    assert public_key_problem(key.as_dict(private=False)) == ""


def answers_like(answer: str) -> Iterator[str]:
    """Of a browser's answer: each value, and each byte of what its authenticator made."""
    said = json.loads(answer)
    yield from map(json.dumps, json_of(said))
    for name, value in said["response"].items():
        for one in bytes_of(decoded(value)):
            yield json.dumps(said | {"response": said["response"] | {name: encoded(one)}})


def test_a_passkey(device, settings):
    settings.PORTAL_ADDRESS = "http://localhost:8000"
    authenticator = Authenticator()
    challenge, _options = passkeys.ask_to_add(device)
    asked = {"publicKey": {"challenge": challenge}}
    made, shown = authenticator.create(asked), authenticator.get(asked)
    credential, _counter = passkeys._registered(challenge, made)
    passkey = Passkey(device=device, credential=bytes(credential))

    def add(one: str) -> None:
        passkeys._registered(challenge, one)

    def open_by(one: str) -> None:
        passkeys._answered(passkey, challenge, one)

    assert raised(add, answers_like(made), PasskeyRefused) == {}
    assert raised(open_by, answers_like(shown), PasskeyRefused) == {}
    assert open_by(shown) is None


@pytest.mark.parametrize(
    "odd", [{"credential_id": b"x" * 1_024}, {"cose": {3: [1]}}, {"cose": {3: -65_535}}]
)
def test_a_passkey_that_cannot_be_kept(device, settings, odd):
    settings.PORTAL_ADDRESS = "http://localhost:8000"
    challenge, _options = passkeys.ask_to_add(device)
    answer = Authenticator(**odd).create({"publicKey": {"challenge": challenge}})
    with pytest.raises(PasskeyRefused):
        passkeys.add_passkey(device.digital_id, device, challenge=challenge, answer=answer)
    assert not Passkey.objects.exists()
