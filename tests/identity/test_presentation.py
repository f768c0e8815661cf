"""A shown code is good once, for half a minute, from the device that holds the key."""

import base64
import hashlib
import hmac
import json
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from audit.actions import Action
from audit.models import Entry
from identity.models import DigitalIDStatus
from identity.presentation import (
    Verdict,
    check_presentation,
    device_that_proves_itself,
    public_key_problem,
)
from tests.identity.factories import DeviceFactory, DigitalIDFactory, public_part
from tests.identity.tokens import encoded, make_token, with_header

pytestmark = pytest.mark.django_db


def verdict(token: str) -> Verdict:
    return check_presentation(token).verdict


def test_a_fresh_code_is_valid_and_the_check_is_written_down(device, key):
    result = check_presentation(make_token(device, key))
    assert (result.verdict, result.digital_id) == (Verdict.VALID, device.digital_id)
    entries = Entry.objects.about(device.digital_id).values_list("action", "details")
    assert list(entries) == [(Action.DIGITAL_ID_CHECKED, {"verdict": "active", "purpose": "all"})]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (-60, Verdict.WRONG_CLOCK),
        (-3, Verdict.VALID),
        (29, Verdict.VALID),
        (40, Verdict.VALID),
        (50, Verdict.TOO_OLD),
        (10**9, Verdict.TOO_OLD),
    ],
)
def test_a_code_is_good_for_half_a_minute_and_its_way(device, key, age, expected):
    assert verdict(make_token(device, key, iat=int(time.time()) - age)) == expected


def test_a_code_is_refused_the_second_time(device, key):
    token = make_token(device, key)
    assert [verdict(token), verdict(token)] == [Verdict.VALID, Verdict.REPLAYED]


def test_a_code_too_old_does_not_use_up_its_id(device, key):
    old = make_token(device, key, iat=int(time.time()) - 100, jti="the-same-id")
    assert verdict(old) == Verdict.TOO_OLD
    assert verdict(make_token(device, key, jti="the-same-id")) == Verdict.VALID


@pytest.mark.parametrize("trait", ["suspended", "revoked"])
def test_a_digital_id_that_is_not_in_force_says_so_and_shows_nobody(key, trait):
    device = DeviceFactory(key=key, digital_id=DigitalIDFactory(**{trait: True}))
    result = check_presentation(make_token(device, key))
    assert (result.verdict, result.digital_id) == (Verdict(trait), None)


def test_a_digital_id_that_ran_out_says_so(key):
    device = DeviceFactory(key=key, digital_id=DigitalIDFactory(run_out=True))
    assert verdict(make_token(device, key)) == Verdict.EXPIRED


def test_a_revocation_counts_at_once(device, key):
    assert verdict(make_token(device, key)) == Verdict.VALID
    device.digital_id.status = DigitalIDStatus.REVOKED
    device.digital_id.save()
    assert verdict(make_token(device, key)) == Verdict.REVOKED


def test_a_removed_device_shows_nothing(key):
    assert verdict(make_token(DeviceFactory(key=key, removed=True), key)) == Verdict.NOT_OURS


def test_another_devices_key_does_not_sign_for_this_one(device):
    assert verdict(make_token(device, ECKey.generate_key("P-256"))) == Verdict.NOT_OURS


def test_without_a_signature_it_is_not_ours(device, key):
    token = with_header(make_token(device, key), alg="none")
    unsigned = token.rpartition(".")[0] + "."
    assert [verdict(token), verdict(unsigned)] == [Verdict.NOT_OURS, Verdict.NOT_OURS]


def test_the_public_key_does_not_serve_as_a_shared_secret(device, key):
    header = {"alg": "HS256", "typ": "dopa-show+jwt", "kid": str(device.pk)}
    said = {"aud": "check", "iat": int(time.time()), "jti": "0123456789abcdef"}
    signed = f"{encoded(header)}.{encoded(said)}"
    for secret in (json.dumps(public_part(key)).encode(), key.as_pem(private=False)):
        mac = hmac.new(secret, signed.encode(), hashlib.sha256).hexdigest()
        assert verdict(f"{signed}.{mac}") == Verdict.NOT_OURS


def test_a_changed_claim_breaks_the_signature(device, key):
    header, _claims, signature = make_token(device, key).split(".")
    other = encoded({"aud": "check", "iat": int(time.time()) + 4, "jti": "0123456789abcdef"})
    assert verdict(f"{header}.{other}.{signature}") == Verdict.NOT_OURS


@pytest.mark.parametrize("kid", [str(uuid.UUID(int=7)), "../../etc/passwd", "", None, 7, ["a"], {}])
def test_an_unknown_device_is_not_ours(device, key, kid):
    assert verdict(with_header(make_token(device, key), kid=kid)) == Verdict.NOT_OURS


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "login"},
        {"aud": ["check"]},
        {"aud": "unlock"},
        {"iat": "now"},
        {"iat": None},
        {"iat": 10**400},
        {"iat": -(10**400)},
        {"jti": ""},
        {"jti": "short"},
        {"jti": "x" * 65},
        {"jti": "with a space"},
        {"jti": "with\x00nought"},
        {"jti": 12345678},
    ],
)
def test_claims_that_make_no_sense_are_not_ours(device, key, claims):
    assert verdict(make_token(device, key, **claims)) == Verdict.NOT_OURS


def test_another_kind_of_token_is_not_ours(device, key):
    assert verdict(make_token(device, key, header={"typ": "JWT"})) == Verdict.NOT_OURS


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "https://example.org/", "[" * 1900, "é.é.é", f"{encoded([])}.e.e"],
)
def test_what_is_no_token_is_not_ours(token):
    assert verdict(token) == Verdict.NOT_OURS


def test_json_nested_without_end_is_not_ours():
    deep = base64.urlsafe_b64encode(b"[" * 9000 + b"]" * 9000).decode()
    assert verdict(f"{deep}.{deep}.e") == Verdict.NOT_OURS


@given(text=st.text(max_size=200))
def test_no_text_at_all_breaks_the_check(text):
    assert verdict(text) == Verdict.NOT_OURS


def test_a_device_proves_itself_once_with_a_token_for_that(device, key):
    token = make_token(device, key, aud="unlock")
    assert [device_that_proves_itself(token), device_that_proves_itself(token)] == [device, None]
    assert device_that_proves_itself(make_token(device, key)) is None


def test_only_a_public_key_on_p256_is_a_devices_key(key):
    assert public_key_problem(public_part(key)) == ""
    assert public_key_problem(key.as_dict(private=True)) == "holds a private part"
    assert public_key_problem(ECKey.generate_key("P-384").as_dict()) == "not on P-256"
    as_text = key.as_pem(private=False).decode()
    assert {public_key_problem(wrong) for wrong in (None, [], {}, as_text, {"kty": "EC"})} == {
        "not a key"
    }
