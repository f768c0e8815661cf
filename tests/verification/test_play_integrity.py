"""Tokens of Play Integrity: those that vouch for a request, and all the others."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey

from devstack.demo.attesting import CERTIFICATE, PACKAGE, SAMPLE_APP, SEALING, integrity_token
from tests.mutating import decoded, encoded, json_of, parts_of, raised
from verification.attestation import NotAttested
from verification.attestation.play_integrity import YOUNG, PlayIntegrity

HASH = "aGFzaA"
APP = PlayIntegrity(**SAMPLE_APP)


def request(**changes):
    """As `integrity_token` says it, but for the changes."""
    said = {
        "requestPackageName": PACKAGE,
        "requestHash": HASH,
        "timestampMillis": str(round(datetime.now(UTC).timestamp() * 1000)),
    }
    return {"requestDetails": said | changes}


def app(**changes):
    said = {
        "appRecognitionVerdict": "PLAY_RECOGNIZED",
        "packageName": PACKAGE,
        "certificateSha256Digest": [CERTIFICATE],
    }
    return {"appIntegrity": said | changes}


def device(verdict):
    return {"deviceIntegrity": {"deviceRecognitionVerdict": [verdict]}}


def verify(token: str, *, later: timedelta = timedelta()) -> None:
    APP.verify(token, request_hash=HASH, now=datetime.now(UTC) + later)


def test_a_token_of_this_app_over_this_request_is_believed():
    assert verify(integrity_token(HASH)) is None


def test_one_that_is_changed_breaks_nothing():
    header, *others = (token := integrity_token(HASH)).split(".")
    headers = (encoded(json.dumps(one).encode()) for one in json_of(json.loads(decoded(header))))
    changed = [*parts_of(token), *(".".join([one, *others]) for one in headers)]
    assert raised(verify, changed, NotAttested) == {}


def test_it_is_believed_for_minutes_only():
    token = integrity_token(HASH, **request())
    little = timedelta(seconds=5)
    assert verify(token, later=YOUNG - little) is None
    for late in (YOUNG + little, -YOUNG - little):
        with pytest.raises(NotAttested, match="time"):
            verify(token, later=late)


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        (lambda: request(requestHash="another"), "request"),
        (lambda: request(requestHash=None), "request"),
        (lambda: request(requestPackageName="th.go.other"), "package"),
        (lambda: request(timestampMillis="0"), "time"),
        (lambda: app(packageName="th.go.other"), "package"),
        (lambda: app(appRecognitionVerdict="UNRECOGNIZED_VERSION"), "app"),
        (lambda: app(certificateSha256Digest=["b3RoZXI"]), "certificate"),
        (lambda: device("MEETS_BASIC_INTEGRITY"), "device"),
        (lambda: {"deviceIntegrity": {}}, "device"),
        (
            lambda: {"appIntegrity": {}, "requestDetails": {}},
            "request, package, time, app, certificate",
        ),
    ],
)
def test_a_token_that_says_something_else_vouches_for_nothing(says, wrong):
    with pytest.raises(NotAttested, match=f"^{wrong}$"):
        verify(integrity_token(HASH, **says()))


def by_another_key() -> str:
    return sealed(jws.serialize_compact({"alg": "ES256"}, "{}", ECKey.generate_key("P-256")))


def without_a_signature() -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    said = base64.urlsafe_b64encode(json.dumps(request() | app()).encode()).rstrip(b"=").decode()
    return sealed(f"{head}.{said}.")


def for_another_reader() -> str:
    return sealed("x", OctKey.import_key(bytes(32)))


def sealed(content: str, key: OctKey = SEALING) -> str:
    header = {"alg": "A256KW", "enc": "A256GCM"}
    return jwe.encrypt_compact(header, content, key, algorithms=["A256KW", "A256GCM"])


@pytest.mark.parametrize(
    "token",
    [
        *["", "x", "a.b.c", "....", "é" * 40],
        *[sealed("x"), sealed("[]"), by_another_key(), without_a_signature(), for_another_reader()],
    ],
)
def test_what_is_no_token_of_this_app_vouches_for_nothing(token):
    with pytest.raises(NotAttested):
        verify(token)
