"""Showing and checking a digital ID: a short-lived token that the holder's device signs.

A token is a compact JWS (RFC 7515), ES256, `typ` dopa-show+jwt, `kid` the device's id, with `iat`,
`exp` (30 s later), `jti` and `aud`: `check`, or `unlock` where the device proves itself to the
portal. A code to check has a `purpose` too: what the holder agreed to show. It names nobody; only
the portal, asked with it, shows the photo and what was agreed. Scanned twice, it is refused the
second time. The browser signs the short form (identity.codes), which a checker without network can
read as well.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.guard import once
from core.signed_tokens import Unreadable, key_of, unproven_header, verified
from core.typing import Json
from identity.codes import is_code, read_code
from identity.models import Device, DigitalID, DigitalIDStatus

TYPE = "dopa-show+jwt"
LIFETIME_SECONDS = 30
CLOCK_SKEW_SECONDS = 5
TRAVEL_SECONDS = 15  # from the camera's look to the question, on a slow network
REMEMBERED = timedelta(seconds=LIFETIME_SECONDS * 4)  # longer than it could be shown
TOKEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
LATEST_TIME = 2**40  # far beyond what a clock says; more would overflow the arithmetic


class Audience(models.TextChoices):
    CHECK = "check"
    UNLOCK = "unlock"


class Purpose(models.TextChoices):
    """What a code agrees to show. The photo is part of each: without it, any phone would do."""

    ALL = "all", _("Everything on the card")
    PHOTO = "photo", _("Photo and name")
    AGE = "age", _("Photo and age only")


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
    purpose: Purpose = Purpose.ALL


def public_key_problem(jwk: object) -> str:
    """Why a JWK cannot be a device's public key; empty if it can."""
    if not isinstance(jwk, dict):
        return "not a key"
    try:
        key = key_of(jwk)
    except Unreadable:
        return "not a key"
    if key.curve_name != "P-256":
        return "not on P-256"
    return "holds a private part" if key.is_private else ""


def check_presentation(
    token: str, *, actor: Actor | None = None, occasion: str = ""
) -> CheckResult:
    """Judge a scanned token: signature, age, first use, and the digital ID's status now.

    `actor` is a signed-in officer who checks, `occasion` an identity.official.Occasion.
    """
    judged = _judged(token, audience=Audience.CHECK)
    if isinstance(judged, Verdict):
        return CheckResult(judged)
    device, claims = judged
    digital_id = device.digital_id
    status, purpose = digital_id.effective_status, Purpose(claims["purpose"])
    with transaction.atomic():
        record(
            Action.DIGITAL_ID_CHECKED,
            digital_id,
            actor=actor or Actor.anonymous(),
            verdict=status,
            purpose=purpose.value,
            **({"occasion": occasion} if occasion else {}),
        )
    if status == DigitalIDStatus.ACTIVE:
        return CheckResult(Verdict.VALID, digital_id, purpose)
    return CheckResult(Verdict(status))


def device_that_proves_itself(token: str) -> Device | None:
    """The device that signed a fresh `unlock` token just now, or None."""
    judged = _judged(token, audience=Audience.UNLOCK)
    return None if isinstance(judged, Verdict) else judged[0]


def _judged(token: str, *, audience: Audience) -> tuple[Device, Json] | Verdict:
    """The signing device and what it said, or why the token is refused."""
    opened = _opened(token, audience=audience)
    if opened is None:
        return Verdict.NOT_OURS
    device, claims = opened
    timing = _timing(claims)
    if timing:
        return timing
    if not once.claim("shown", f"{device.pk}:{claims['jti']}", keep=REMEMBERED):
        return Verdict.REPLAYED
    return device, claims


def _opened(token: str, *, audience: Audience) -> tuple[Device, Json] | None:
    """The device that signed the token and what it says."""
    if is_code(token):
        return _opened_code(token, audience=audience)
    try:
        device = _device(uuid.UUID(str(unproven_header(token).get("kid"))))
        claims = verified(token, key_of(device.public_key), kind=TYPE) if device else {}
    except (Unreadable, ValueError):
        return None
    return (device, claims) if device and _well_formed(claims, audience) else None


def _opened_code(text: str, *, audience: Audience) -> tuple[Device, Json] | None:
    """The same for the short form, which is good for checks only."""
    code = read_code(text) if audience == Audience.CHECK else None
    if code is None:
        return None
    device = _device(code.device_id)
    return (device, code.claims) if device and code.is_signed_by(device) else None


def _device(device_id: uuid.UUID) -> Device | None:
    """The device with its digital ID. In two steps: the second knows the partition, while a join
    is planned over every pair of them.
    """
    found = list(Device.objects.filter(pk=device_id, removed_at=None)[:1])
    if not found:
        return None
    (device,) = found
    device.digital_id = DigitalID.objects.get(pk=device.digital_id_id, number_key=device.number_key)
    return device


def _well_formed(claims: Json, audience: Audience) -> bool:
    return (
        claims.get("aud") == audience
        and isinstance(claims.get("iat"), int)
        and abs(claims["iat"]) < LATEST_TIME
        and isinstance(claims.get("jti"), str)
        and TOKEN_ID.fullmatch(claims["jti"]) is not None
        and (audience != Audience.CHECK or claims.get("purpose") in Purpose.values)
    )


def _timing(claims: Json) -> Verdict | None:
    age = timezone.now().timestamp() - claims["iat"]
    if age < -CLOCK_SKEW_SECONDS:
        return Verdict.WRONG_CLOCK
    return Verdict.TOO_OLD if age > LIFETIME_SECONDS + TRAVEL_SECONDS else None
