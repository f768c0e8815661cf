"""Showing and checking a digital ID: a short-lived token that the holder's device signs.

A token is a compact JWS (RFC 7515), ES256, `typ` dopa-show+jwt, `kid` the device's id, with `iat`,
`exp` (at most 30 s later), `jti` and `aud: check`. It names nobody; only the portal, asked with it,
shows the photo and the names. Scanned twice, it is refused the second time.
"""

import json
import uuid
from dataclasses import dataclass

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from audit.actions import Action
from audit.services import Actor, record
from identity.models import Device, DigitalID, DigitalIDStatus

LIFETIME_SECONDS = 30
CLOCK_SKEW_SECONDS = 5
TOKEN_ID_LENGTHS = range(8, 65)


class Verdict(models.TextChoices):
    VALID = "valid", _("This digital ID is valid.")
    EXPIRED = "expired", _("This digital ID has expired.")
    SUSPENDED = "suspended", _("This digital ID is suspended.")
    REVOKED = "revoked", _("This digital ID has been revoked.")
    TOO_OLD = "too_old", _("This code is too old. Ask the holder to show the current one.")
    WRONG_CLOCK = (
        "wrong_clock",
        _("The clock of the holder's phone is wrong. Ask the holder to set it."),
    )
    REPLAYED = (
        "replayed",
        _("This code has been used before. Ask the holder to show the current one."),
    )
    NOT_OURS = "not_ours", _("This code does not come from D.DOPA.")


@dataclass(frozen=True)
class CheckResult:
    verdict: Verdict
    digital_id: DigitalID | None = None


def public_key_problem(jwk: object) -> str:
    """Why a JWK cannot be a device's public key; empty if it can."""
    try:
        key = ECKey.import_key(jwk)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return "not a key"
    if key.curve_name != "P-256":
        return "not on P-256"
    return "holds a private part" if key.is_private else ""


def check_presentation(token: str) -> CheckResult:
    """Judge a scanned token: signature, age, first use, and the digital ID's status now."""
    device, claims = _opened(token)
    if device is None:
        return CheckResult(Verdict.NOT_OURS)
    timing = _timing(claims)
    if timing:
        return CheckResult(timing)
    if not cache.add(f"shown:{device.pk}:{claims['jti']}", 1, timeout=LIFETIME_SECONDS * 4):
        return CheckResult(Verdict.REPLAYED)
    digital_id = device.digital_id
    with transaction.atomic():
        record(
            Action.DIGITAL_ID_CHECKED,
            digital_id,
            actor=Actor.anonymous(),
            verdict=digital_id.effective_status,
        )
    if digital_id.effective_status == DigitalIDStatus.ACTIVE:
        return CheckResult(Verdict.VALID, digital_id)
    return CheckResult(Verdict(digital_id.effective_status))


def _opened(token: str) -> tuple[Device | None, dict]:
    """The device that signed the token and what it says, or (None, {})."""
    try:
        unverified = jws.extract_compact(token.encode())
        header = unverified.headers()
        if header.get("typ") != "dopa-show+jwt":
            return None, {}
        device = (
            Device.objects.select_related("digital_id")
            .filter(pk=uuid.UUID(str(header.get("kid"))), removed_at=None)
            .first()
        )
        if device is None:
            return None, {}
        verified = jws.deserialize_compact(
            token.encode(), ECKey.import_key(device.public_key), algorithms=["ES256"]
        )
        claims = json.loads(verified.payload)
    except (JoseError, ValueError, UnicodeError):
        return None, {}
    well_formed = (
        isinstance(claims, dict)
        and claims.get("aud") == "check"
        and isinstance(claims.get("iat"), int)
        and isinstance(claims.get("jti"), str)
        and len(claims["jti"]) in TOKEN_ID_LENGTHS
    )
    return (device, claims) if well_formed else (None, {})


def _timing(claims: dict) -> Verdict | None:
    age = timezone.now().timestamp() - claims["iat"]
    if age < -CLOCK_SKEW_SECONDS:
        return Verdict.WRONG_CLOCK
    return Verdict.TOO_OLD if age > LIFETIME_SECONDS + CLOCK_SKEW_SECONDS else None
