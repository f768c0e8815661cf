"""The Token Status List: two bits for each digital ID, and two for each device it is shown with,
signed (draft-ietf-oauth-status-list).

A list covers 2^20 of them, 256 KiB before compression, a few hundred bytes after it while most
are in force. It is signed anew every 20 seconds at most and may be kept for 30, so a change is
visible everywhere within a minute. Whether one has run out is said by the credential's `exp`.
"""

import base64
import json
import time
import zlib
from functools import lru_cache

from django.db import connection
from joserfc import jws

from identity.credential.keys import current_key
from identity.models import STATUS_INDEXES, Device, DigitalID, DigitalIDStatus, FormerPlace

TYPE = "statuslist+jwt"
BITS = 2
IDS_A_LIST = 2**20
SIGNED_ANEW_SECONDS = 20
KEPT_SECONDS = 30
GOOD_FOR_SECONDS = 24 * 3600
REMOVED = 1
VALUES: dict[str, int] = {
    DigitalIDStatus.REVOKED: 1,
    DigitalIDStatus.SUSPENDED: 2,
    DigitalIDStatus.EXPIRED: 1,
}


def pack(values: dict[int, int], *, size: int, bits: int) -> bytes:
    """`size` values of `bits` bits each, the first in the lowest bits of the first byte; indexes
    that `values` does not name are 0.
    """
    packed, a_byte = bytearray(size * bits // 8), 8 // bits
    for index, value in values.items():
        packed[index // a_byte] |= value << (index % a_byte * bits)
    return bytes(packed)


def encoded(packed: bytes) -> str:
    """As the token carries it: DEFLATE in the ZLIB format, base64url without padding."""
    return base64.urlsafe_b64encode(zlib.compress(packed, 9)).rstrip(b"=").decode()


def list_number(digital_id: DigitalID) -> int:
    """Which list tells of it."""
    return digital_id.status_index // IDS_A_LIST


def status_list_token(number: int, *, address: str) -> str:
    """The signed list of that number, at most 20 seconds old; `address` is where it is served."""
    return _signed(number, address, int(time.time() // SIGNED_ANEW_SECONDS))


@lru_cache(maxsize=64)
def _signed(number: int, address: str, _moment: int) -> str:
    return signed_list(not_in_force(number), address=address)


def signed_list(values: dict[int, int], *, address: str) -> str:
    """A list of 2^20 places, signed now; places that `values` does not name are in force."""
    key_id, key = current_key()
    now = int(time.time())
    packed = pack(values, size=IDS_A_LIST, bits=BITS)
    claims = {
        "sub": address,
        "iat": now,
        "exp": now + GOOD_FOR_SECONDS,
        "ttl": KEPT_SECONDS,
        "status_list": {"bits": BITS, "lst": encoded(packed)},
    }
    header = {"alg": "ES256", "typ": TYPE, "kid": key_id}
    return jws.serialize_compact(header, json.dumps(claims).encode(), key, algorithms=["ES256"])


def how_many_lists() -> int:
    """So many are in use: the sequence that hands out the places says it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value FROM {STATUS_INDEXES}")  # noqa: S608 - a constant
        last: int = cursor.fetchone()[0]
    return last // IDS_A_LIST + 1


def not_in_force(number: int) -> dict[int, int]:
    """Digital IDs that are suspended, revoked or ended, places that they had before the register
    changed what they say, and devices that were removed.
    """
    first = number * IDS_A_LIST
    here = {"status_index__gte": first, "status_index__lt": first + IDS_A_LIST}
    removed = Device.objects.filter(removed_at__isnull=False, **here)
    former = FormerPlace.objects.filter(**here)
    rows = DigitalID.objects.filter(status__in=VALUES, **here)
    ended = [*removed.values_list("status_index"), *former.values_list("status_index")]
    values = {index - first: REMOVED for (index,) in ended}
    for index, status in rows.values_list("status_index", "status"):
        values[index - first] = VALUES[status]
    return values
