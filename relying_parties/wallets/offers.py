"""The pre-authorized code of OpenID4VCI 1.0: made for the holder, taken once."""

import datetime
import json
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.address import portal_address
from identity.models import Device, DigitalID, NoticeKind
from identity.notifications import notify_holder
from relying_parties.models import WalletCredential, WalletOffer
from relying_parties.secrets import hash_of, is_secret_of, new_secret

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
CONFIGURATION = "ddopa_digital_id"
OFFER_LIVES, TOKEN_LIVES = datetime.timedelta(minutes=5), datetime.timedelta(minutes=5)
PIN_DIGITS, MOST_TRIES = 6, 5


class OfferRefused(Exception):
    """The code or PIN is wrong, spent or too old."""


@dataclass(frozen=True)
class Offer:
    """What the holder's page shows: `link` for the QR code, and the PIN to type in the wallet."""

    link: str
    pin: str


@transaction.atomic
def make_offer(digital_id: DigitalID) -> Offer:
    """One offer at a time: an earlier one that was not taken ends."""
    code, pin = new_secret(), f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
    WalletOffer.objects.filter(digital_id_key=digital_id.pk, used_at=None).delete()
    offer = WalletOffer.objects.create(
        number_key=digital_id.number_key,
        digital_id_key=digital_id.pk,
        code_hash=hash_of(code),
        pin_hash=hash_of(code + pin),
        expires_at=timezone.now() + OFFER_LIVES,
    )
    actor = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    record(Action.WALLET_OFFERED, digital_id, actor=actor, offer=str(offer.pk))
    said = {
        "credential_issuer": portal_address(),
        "credential_configuration_ids": [CONFIGURATION],
        "grants": {
            GRANT_TYPE: {
                "pre-authorized_code": code,
                "tx_code": {"input_mode": "numeric", "length": PIN_DIGITS},
            }
        },
    }
    link = f"openid-credential-offer://?credential_offer={quote(json.dumps(said))}"
    return Offer(link, pin)


def take_offer(code: str, pin: str) -> str:
    """The access token for a code and its PIN, once; raises OfferRefused. A wrong PIN counts before
    it is told, and five end the offer.
    """
    with transaction.atomic():
        found = WalletOffer.objects.select_for_update().filter(code_hash=hash_of(code)).first()
        open_still = (
            found is not None
            and found.token_hash is None
            and found.tries < MOST_TRIES
            and found.expires_at > timezone.now()
            and found.digital_id() is not None
        )
        if not open_still:
            raise OfferRefused
        found.tries += 1
        right, token = is_secret_of(code + pin, found.pin_hash), new_secret()
        if right:
            found.token_hash = hash_of(token)
            found.token_expires_at = timezone.now() + TOKEN_LIVES
        found.save(update_fields=["tries", "token_hash", "token_expires_at"])
    if not right:
        raise OfferRefused
    return token


def offer_of(token: str) -> WalletOffer | None:
    """The offer a fresh, unspent token stands for, its row locked until the transaction ends."""
    return (
        WalletOffer.objects.select_for_update()
        .filter(token_hash=hash_of(token), used_at=None, token_expires_at__gt=timezone.now())
        .first()
    )


def keep_credential(
    offer: WalletOffer, device: Device, *, expires_at: datetime.datetime
) -> WalletCredential:
    """Write down what a wallet is about to be given; the offer is spent with it."""
    WalletOffer.objects.filter(pk=offer.pk).update(used_at=timezone.now())
    return WalletCredential.objects.create(
        number_key=offer.number_key,
        digital_id_key=offer.digital_id_key,
        device_key=device.pk,
        expires_at=expires_at,
    )


@transaction.atomic
def revoke_credential(credential: WalletCredential, *, digital_id: DigitalID) -> None:
    """The holder takes a wallet's credential back: revoked in the list, the device removed."""
    now = timezone.now()
    held = WalletCredential.objects.filter(pk=credential.pk, revoked_at=None)
    if held.update(revoked_at=now):
        notify_holder(digital_id, NoticeKind.WALLET_REMOVED)
    Device.objects.filter(
        pk=credential.device_key, number_key=digital_id.number_key, removed_at=None
    ).update(removed_at=now)
    record(
        Action.DEVICE_REMOVED,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id or digital_id.pk),
        device=str(credential.device_key),
    )
