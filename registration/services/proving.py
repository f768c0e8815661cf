"""The device that took the selfie proves itself: what follows is accepted from it alone.

A proof is a compact JWS (RFC 7515), ES256, `typ` dopa-proof+jwt, by the key that came with the
selfie: `aud` the act it is for, `sub` the enrollment, `nonce` what the portal said to sign. The
nonce changes with each act, so that a proof serves once, and no clock has to be right.
"""

from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.signed_tokens import Unreadable, key_of, verified
from core.typing import Json
from identity.presentation import public_key_problem
from registration.errors import Forbidden, Refused
from registration.models import Enrollment

TYPE = "dopa-proof+jwt"
LONGEST = 2000


def check_proof(enrollment: Enrollment, proof: str, *, act: str) -> None:
    """Raises Forbidden unless the device of the verified selfie signed for this `act` now."""
    if enrollment.device_key and _said(proof, enrollment.device_key) == {
        "aud": act,
        "sub": str(enrollment.pk),
        "nonce": enrollment.proof_nonce,
    }:
        return
    record(Action.DEVICE_REFUSED, enrollment, actor=Actor.anonymous(), act=act)
    raise Forbidden(
        "other_device",
        _(
            "This is not the device that took the selfie. Please take a selfie here, so that we"
            " know it is you."
        ),
    )


def check_device_key(key: Json | None) -> Json | None:
    """The public part of a device's key, as it is kept; raises Refused for what is none."""
    if not key:
        return None
    if public_key_problem(key):
        raise Refused("bad_device_key", _("The key of your device did not arrive whole."))
    return {name: key[name] for name in ("kty", "crv", "x", "y")}


def _said(proof: str, key: Json) -> Json:
    """What the proof says, if it is one by this key; {} for anything else."""
    if not 0 < len(proof) <= LONGEST:
        return {}
    try:
        return verified(proof, key_of(key), kind=TYPE)
    except Unreadable:
        return {}
