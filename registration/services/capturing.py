"""How a selfie came, by what the sender says of it and what somebody else vouches for."""

import hashlib
import uuid
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils import timezone
from joserfc.jwk import ECKey

from core.keyring import ring
from core.typing import Json
from registration.claims import shadowed_signs
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import current_picture
from registration.services.proving import check_device_key
from verification.attestation import NotAttested
from verification.attestation.app_attest import AppAttest
from verification.attestation.play_integrity import PlayIntegrity
from verification.capture import Assurance, Capture, Sign, is_drawn


def request_hash(
    challenge_id: uuid.UUID, device_key: Json, selfie: bytes, frames: list[bytes]
) -> str:
    """What an app has its platform vouch for: base64url of the SHA-256 over the lines challenge,
    thumbprint of the device's key (RFC 7638), and the SHA-256 (hex) of the selfie and each frame.
    """
    pictures = [hashlib.sha256(picture).hexdigest() for picture in (selfie, *frames)]
    lines = [str(challenge_id), ECKey.import_key(device_key).thumbprint(), *pictures]
    digest = hashlib.sha256("\n".join(lines).encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def capture_of_app(
    token: str,
    *,
    challenge_id: uuid.UUID | None,
    device_key: Json | None,
    selfie: bytes,
    frames: list[bytes],
) -> Capture:
    """Attested if Google or Apple vouches for these pictures, this challenge and this key; else
    nobody does. A token that vouches for something else is no error: a person looks.
    """
    key = check_device_key(device_key)
    if not token or challenge_id is None or key is None:
        return Capture()
    expected = request_hash(challenge_id, key, selfie, frames)
    trusted: list[PlayIntegrity | AppAttest] = [PlayIntegrity(**app) for app in settings.PLAY_APPS]
    trusted += [AppAttest(**app) for app in settings.APP_ATTEST_APPS]
    if any(_vouches(app, token, expected) for app in trusted):
        return Capture(Assurance.ATTESTED)
    return Capture(signs=(Sign.UNKNOWN_APP,))


def _vouches(app: PlayIntegrity | AppAttest, token: str, expected: str) -> bool:
    try:
        app.verify(token, request_hash=expected, now=timezone.now())
    except NotAttested:
        return False
    return True


def capture_details(capture: Capture) -> Json:
    return {"assurance": str(capture.assurance), "signs": [str(one) for one in capture.signs]}


def load_capture(enrollment: Enrollment, *, kind: str = EvidenceKind.SELFIE) -> Capture:
    """As it was handed in with the selfie; a share of those of browsers is drawn for a person."""
    selfie = current_picture(enrollment, kind)
    details = selfie.details if selfie else {}
    assurance = Assurance(details.get("assurance", Assurance.UNATTESTED))
    drawn = assurance == Assurance.LIVE and is_drawn(
        enrollment.pk,
        enrollment.selfie_attempts,
        share=settings.BROWSER_LOOK_SHARE,
        key=ring("lookup").current_key,
    )
    untold = set() if settings.SCREEN_COLOURS == "on" else {Sign.OTHER_LIGHT}
    known = {*Sign}  # a newer release may have noted others
    signs = tuple(Sign(one) for one in details.get("signs", []) if one in known)
    return Capture(assurance, signs, drawn, shadowed_signs() | untold)
