"""Which digital ID a credential speaks of, by its place in the status lists, and how it stands."""

import re

from django.db.models import Q
from django.urls import reverse

from core.address import portal_address
from identity.credential.status_list import IDS_A_LIST
from identity.models import Device, DigitalID
from relying_parties.models import WalletCredential

LIST_NUMBER = re.compile(r"[0-9]{1,5}")


def device_in_force(place: object, key: dict) -> Device | None:
    """The device that holds the credential at `place` (its `status_list`: `uri`, `idx`) with the
    public JWK `key`, its `digital_id` filled in; None where the credential, the device or the
    digital ID is no longer in force. Asks the rows themselves, which are never behind the lists.
    """
    if not isinstance(place, dict) or not isinstance(place.get("uri"), str):
        return None
    index = place.get("idx")
    if type(index) is not int or not 0 <= index < IDS_A_LIST:
        return None
    own = _index_in("identity:statuses", place["uri"], index)
    if own is not None:
        return _of_digital_id(Q(status_index=own), key)
    kept = _index_in("relying_parties:wallet_statuses", place["uri"], index)
    return _of_wallet(kept, key) if kept is not None else None


def _index_in(route: str, address: str, index: int) -> int | None:
    """The place among all lists of a kind, or None for an address that is none of them."""
    start = portal_address() + reverse(route, args=[0]).removesuffix("0/")
    number = address.removeprefix(start).removesuffix("/")
    known = LIST_NUMBER.fullmatch(number) and address == f"{start}{int(number)}/"
    return int(number) * IDS_A_LIST + index if known else None


def _of_digital_id(which: Q, key: dict, **device: object) -> Device | None:
    digital_id = DigitalID.objects.filter(which).first()
    if digital_id is None or digital_id.effective_status != "active":
        return None
    held = Device.objects.filter(digital_id_id=digital_id.pk, removed_at=None, **device)
    found = next((one for one in held if same_key(one.public_key, key)), None)
    if found is not None:
        found.digital_id = digital_id
    return found


def _of_wallet(number: int, key: dict) -> Device | None:
    kept = WalletCredential.objects.filter(pk=number, revoked_at=None).first()
    if kept is None:
        return None
    which = Q(number_key=kept.number_key, pk=kept.digital_id_key)
    found = _of_digital_id(which, key, pk=kept.device_key)
    if found is None:
        return None
    changed = found.digital_id.holder_since
    return None if changed is not None and kept.issued_at < changed else found


def same_key(one: dict, other: dict) -> bool:
    return all(one.get(part) == other.get(part) for part in ("kty", "crv", "x", "y"))
