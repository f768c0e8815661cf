"""Judging a presentation: an SD-JWT VC of ours with a key-binding JWT (RFC 9901, section 7.3;
OpenID4VP 1.0, appendix B.3).

`<issuer's JWS>~<disclosure>~...~<key-binding JWT>`. Everything is checked by the keys and rows of
the portal; nothing is fetched.
"""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from django.db import models
from joserfc.jwk import ECKey, KeySet

from core.address import portal_address
from core.signed_tokens import Unreadable, key_of, verified
from core.typing import Json
from identity.credential.keys import public_keys
from identity.credential.sd_jwt import CREDENTIAL_TYPE, TYPE
from identity.models import Device
from identity.presentation import public_key_problem
from relying_parties.claims import AGE_PREFIX
from relying_parties.presentations.places import device_in_force

KEY_BINDING_TYPE = "kb+jwt"
LONGEST = 20_000
OLDEST_SECONDS = 300
CLOCK_SKEW_SECONDS = 30
AGES = "age_equal_or_over"


class Fault(models.TextChoices):
    """Why a presentation is refused."""

    FORM = "malformed"
    ISSUER = "not_of_the_issuer"
    ENDED = "expired"
    DISCLOSURE = "changed_disclosure"
    NOT_ASKED = "not_asked_for"
    MISSING = "needed_claim_missing"
    UNBOUND = "no_key_binding"
    KEY = "another_key"
    AUDIENCE = "wrong_audience"
    NONCE = "wrong_nonce"
    HASH = "other_content"
    TIME = "wrong_time"
    STANDING = "not_in_force"


class PresentationRefused(Exception):
    """`args[0]` is the Fault."""


@dataclass(frozen=True)
class Presented:
    """What was shown: the device that signed, with its digital ID, and the claims by name."""

    device: Device
    claims: dict[str, object]


def check(text: str, *, audience: str, nonce: str, asked: list[str]) -> Presented:
    """Judge a presentation made for `audience` (the client_id asked with) and `nonce`.

    `asked` are names of relying_parties.claims.Claim; one more is refused, one less is the
    holder's right. Raises PresentationRefused. Whether the nonce has been used is the caller's.
    """
    if len(text) > LONGEST or text.count("~") < 1 or not text.isascii():
        raise PresentationRefused(Fault.FORM)
    signed, *disclosures, binding = text.split("~")
    said = _of_issuer(signed)
    claims = _disclosed(said, disclosures)
    if not set(claims) <= set(asked):
        raise PresentationRefused(Fault.NOT_ASKED)
    key = said["cnf"]["jwk"]
    content = text[: len(text) - len(binding)]
    _check_binding(binding, key, content, audience=audience, nonce=nonce)
    device = device_in_force(said["status"].get("status_list"), key)
    if device is None:
        raise PresentationRefused(Fault.STANDING)
    return Presented(device, claims)


def _of_issuer(signed: str) -> Json:
    """What the portal itself has signed, while it lives."""
    said = _opened(signed, KeySet.import_key_set(public_keys()), TYPE, Fault.ISSUER)
    expected = said.get("iss") == portal_address() and said.get("vct") == CREDENTIAL_TYPE
    if not expected or said.get("_sd_alg") != "sha-256":
        raise PresentationRefused(Fault.ISSUER)
    if said["exp"] <= time.time():
        raise PresentationRefused(Fault.ENDED)
    return said


def _disclosed(said: Json, disclosures: list[str]) -> dict[str, object]:
    """Names and values; each disclosure has to stand in the credential, and comes once."""
    if len(set(disclosures)) < len(disclosures):
        raise PresentationRefused(Fault.DISCLOSURE)
    facts, ages = set(said["_sd"]), set(said[AGES]["_sd"])
    found = {}
    for one in disclosures:
        digest = _digest(one)
        if digest not in facts | ages:
            raise PresentationRefused(Fault.DISCLOSURE)
        _salt, name, value = json.loads(base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)))
        found[f"{AGE_PREFIX}{name}" if digest in ages else name] = value
    return found


def _check_binding(binding: str, key: Json, content: str, *, audience: str, nonce: str) -> None:
    if not binding:
        raise PresentationRefused(Fault.UNBOUND)
    if public_key_problem(key):
        raise PresentationRefused(Fault.KEY)
    said = _opened(binding, key_of(key), KEY_BINDING_TYPE, Fault.KEY)
    expected = (("aud", audience, Fault.AUDIENCE), ("nonce", nonce, Fault.NONCE))
    for name, value, fault in (*expected, ("sd_hash", _digest(content), Fault.HASH)):
        if not _same(said.get(name), value):
            raise PresentationRefused(fault)
    made = said.get("iat")
    timely = type(made) is int and -CLOCK_SKEW_SECONDS <= time.time() - made <= OLDEST_SECONDS
    if not timely:
        raise PresentationRefused(Fault.TIME)


def _opened(token: str, key: ECKey | KeySet, kind: str, fault: Fault) -> Json:
    try:
        return verified(token, key, kind=kind)
    except Unreadable as error:
        raise PresentationRefused(fault) from error


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(
        one.encode(errors="surrogatepass"), other.encode()
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
