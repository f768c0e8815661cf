"""The status lists of the credentials that wallets hold: a place each, apart from the digital ID's
own, so that one wallet can be revoked and two wallets share no mark.
"""

import time
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse

from core.address import portal_address
from identity.credential.status_list import (
    IDS_A_LIST,
    SIGNED_ANEW_SECONDS,
    VALUES,
    signed_list,
)
from identity.models import Device, DigitalID
from relying_parties.models import WalletCredential

REVOKED = 1


def list_address(number: int) -> str:
    return portal_address() + reverse("relying_parties:wallet_statuses", args=[number])


def list_token(number: int) -> str:
    """The signed list of that number, at most 20 seconds old."""
    return _signed(number, list_address(number), int(time.time() // SIGNED_ANEW_SECONDS))


@lru_cache(maxsize=16)
def _signed(number: int, address: str, _moment: int) -> str:
    return signed_list(_not_in_force(number), address=address)


def _not_in_force(number: int) -> dict[int, int]:
    first = number * IDS_A_LIST
    rows = WalletCredential.objects.filter(id__gte=first, id__lt=first + IDS_A_LIST)
    revoked = set(rows.exclude(revoked_at=None).values_list("id", flat=True))
    held = rows.filter(revoked_at=None)
    removed = Device.objects.filter(pk__in=held.values("device_key")).exclude(removed_at=None)
    lost = held.filter(device_key__in=list(removed.values_list("pk", flat=True)))
    revoked |= set(lost.values_list("id", flat=True))
    revoked |= _outdated(held)
    found = {pk - first: REVOKED for pk in revoked}
    stopped = DigitalID.objects.filter(status__in=VALUES)
    by_id = dict(stopped.filter(pk__in=rows.values("digital_id_key")).values_list("pk", "status"))
    of_stopped = rows.filter(digital_id_key__in=list(by_id)).values_list("id", "digital_id_key")
    for pk, key in of_stopped:
        found.setdefault(pk - first, VALUES[by_id[key]])
    return found


def _outdated(held: QuerySet[WalletCredential]) -> set[int]:
    """Those that say what the register has changed since."""
    renamed = DigitalID.objects.filter(pk__in=held.values("digital_id_key"))
    since = dict(renamed.exclude(holder_since=None).values_list("pk", "holder_since"))
    issued = held.filter(digital_id_key__in=list(since))
    rows = issued.values_list("id", "digital_id_key", "issued_at")
    return {pk for pk, key, issued_at in rows if issued_at < since[key]}
