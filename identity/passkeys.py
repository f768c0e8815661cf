"""Opening by the fingerprint or the face that a device itself knows: WebAuthn, by python-fido2.

A challenge is a row that serves once, made for one device; the session carries it. A passkey that
its maker copied onto another device opens nothing there: a challenge is made for the key of the
device that the passkey belongs to (identity.presentation), which cannot be copied.
"""

import json
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAttachment,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from audit.actions import Action
from audit.services import Actor, record
from core.address import portal_address
from core.guard import once
from core.hostile import read_or
from core.required import required
from core.typing import Json
from identity.models import Device, DigitalID, NoticeKind, Passkey
from identity.notifications import notify_holder
from identity.short_ways import note

ADD, OPEN, LASTS = "passkey-add", "passkey-open", timedelta(minutes=3)
ALGORITHMS = {-7, -8, -257}  # ES256, EdDSA, RS256: what phones and computers have
LONGEST = 20_000
LONGEST_ID = 1_023  # bytes: WebAuthn, 4, "Credential ID"
REFUSED = _("Fingerprint or face did not open it. Please try again, or use your password.")


class PasskeyRefused(Exception):
    """Not what the device was asked for; the message is for the citizen."""

    def __init__(self) -> None:
        super().__init__(REFUSED)


def ask_to_add(device: Device) -> tuple[str, Json]:
    """A new challenge, and what the browser is asked with it."""
    user = PublicKeyCredentialUserEntity(
        id=device.pk.bytes, name=device.name, display_name=str(_("My digital ID"))
    )
    options, state = _server().register_begin(
        user=user,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
        authenticator_attachment=AuthenticatorAttachment.PLATFORM,
    )
    once.issue(ADD, state["challenge"], device.pk, lasts=LASTS)
    return state["challenge"], dict(options)


def add_passkey(digital_id: DigitalID, device: Device, *, challenge: str, answer: str) -> None:
    """Let it open the digital ID on the device. Raises PasskeyRefused."""
    if once.redeem(ADD, challenge) != device.pk:
        raise PasskeyRefused
    credential, counter = _registered(challenge, answer)
    try:
        with transaction.atomic():
            Passkey.objects.create(
                device_id=device.pk,
                credential_id=credential.credential_id,
                credential=bytes(credential),
                sign_count=counter,
            )
            note(Action.PASSKEY_ADDED, digital_id, device=str(device.pk))
            notify_holder(digital_id, NoticeKind.PASSKEY_ADDED, device=str(device.pk))
    except IntegrityError as error:  # the device has one, or this one is another device's
        raise PasskeyRefused from error


def ask_to_open(device: Device) -> tuple[str, Json] | None:
    """The same for opening; None where the device has no passkey."""
    passkey = Passkey.objects.filter(device=device.pk).first()
    if passkey is None:
        return None
    options, state = _server().authenticate_begin(
        credentials=[AttestedCredentialData(bytes(passkey.credential))],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    once.issue(OPEN, state["challenge"], device.pk, lasts=LASTS)
    return state["challenge"], dict(options)


def open_by_passkey(*, challenge: str, answer: str) -> Device:
    """The device that its passkey opens the digital ID on. Raises PasskeyRefused."""
    device = _asked(once.redeem(OPEN, challenge)) if challenge else None
    passkey = Passkey.objects.filter(device=device.pk).first() if device else None
    if device is None or passkey is None:
        raise PasskeyRefused
    try:
        counter = _answered(passkey, challenge, answer)
        _count_on(passkey, counter)
    except PasskeyRefused:
        key = str(device.pk)
        record(Action.PASSKEY_REFUSED, device.digital_id, actor=Actor.anonymous(), device=key)
        raise
    note(Action.DIGITAL_ID_UNLOCKED, device.digital_id, how="passkey", device=str(device.pk))
    return device


def _count_on(passkey: Passkey, counter: int) -> None:
    """Passkeys that count never count backwards: a copy would. Many do not count and say 0."""
    mine = Passkey.objects.filter(pk=passkey.pk)
    expected = mine.filter(sign_count__lt=counter) if counter else mine.filter(sign_count=0)
    if not expected.update(sign_count=counter):
        raise PasskeyRefused


def _asked(device_id: uuid.UUID | None) -> Device | None:
    found = list(Device.objects.filter(pk=device_id, removed_at=None)[:1]) if device_id else []
    for device in found:
        device.digital_id = DigitalID.objects.get(
            pk=device.digital_id_id, number_key=device.number_key
        )
        return device
    return None


def _registered(challenge: str, answer: str) -> tuple[AttestedCredentialData, int]:
    """The credential of a right answer, and its counter."""
    server = _server()
    with read_or(PasskeyRefused()):
        response = RegistrationResponse.from_dict(_parsed(answer))
        data = server.register_complete(_state(challenge), response)
        credential = required(data.credential_data, "a credential")
        may_be_kept = credential.public_key.get(3) in ALGORITHMS
    if not may_be_kept or len(credential.credential_id) > LONGEST_ID:
        raise PasskeyRefused
    return credential, data.counter


def _answered(passkey: Passkey, challenge: str, answer: str) -> int:
    """The counter of a right answer."""
    server, known = _server(), [AttestedCredentialData(bytes(passkey.credential))]
    with read_or(PasskeyRefused()):
        response = AuthenticationResponse.from_dict(_parsed(answer))
        server.authenticate_complete(_state(challenge), known, response)
        return response.response.authenticator_data.counter


def _parsed(answer: str) -> Json:
    if len(answer) > LONGEST:
        raise ValueError("too long")
    said: Json = json.loads(answer)
    return said


def _state(challenge: str) -> Json:
    return {"challenge": challenge, "user_verification": UserVerificationRequirement.REQUIRED}


def _server() -> Fido2Server:
    """The name that passkeys are tied to is a setting, never what a request says, and answers come
    from pages of that very address: not from another name below it.
    """
    address = (settings.PASSKEY_ADDRESS or portal_address()).rstrip("/")
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=urlsplit(address).hostname, name="D.DOPA"),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == address,
    )
    known = server.allowed_algorithms
    server.allowed_algorithms = [one for one in known if one.alg in ALGORITHMS]
    return server
