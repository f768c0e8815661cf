"""The pass: what a checker without network needs, signed by the issuer for one device and purpose.

It rides in the shown code (identity.codes), so every byte counts; numbers have their highest byte
first:

    0      2, the version          1      purpose (0 all, 1 photo, 2 age); 4 where the end is the
    2-5    the issuer's key               digital ID's own; 8 where names are UTF-8
    6-9    end, seconds of 1970    10-13  the digital ID's place in the status lists
    14-17  the device's place      18-33  the device's id
    34-66  its public key, as SEC 1 compresses it
    67     how many bytes of facts follow; then the issuer's signature, 64 bytes

Facts of `age`: a bit each for 18, 20, 60 years. Of `photo`: the names in Thai and in English, each
after its length, in windows-874 where that can write them (a byte a Thai letter). Of `all` then:
the eight digits of the number that are shown, four bytes; birth date and expiry (year, month, day;
0 where unknown or for life); the assurance level times ten. docs/credential.md shows the whole.
"""

import hashlib
import struct

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone
from joserfc.jwk import ECKey

from core.typing import Json
from identity.credential.keys import current_key
from identity.credential.sd_jwt import LONGEST_LIFE, ages_reached, end_of
from identity.models import Device, DigitalID
from identity.numbers import mask_number
from identity.presentation import Purpose

VERSION = 2
PURPOSES = (Purpose.ALL, Purpose.PHOTO, Purpose.AGE)
OWN_END, IN_UTF8 = 4, 8
SIGNED_FOR = b"dopa-pass-2\n"  # no other signature of this key can be taken for one of these
HEAD = struct.Struct(">BB4sIII16s33sB")
COORDINATE_BYTES = 32
LONGEST_NAME = 90


def passes_of(device: Device) -> dict[str, bytes]:
    """A pass for each purpose. They end with the digital ID, at the latest 30 days from now."""
    return {purpose.value: issue_pass(device, purpose=purpose) for purpose in PURPOSES}


def issue_pass(device: Device, *, purpose: Purpose) -> bytes:
    """The signed bytes; raises struct.error where the lists have run out of places (2^32)."""
    digital_id, now = device.digital_id, timezone.now()
    _key_id, key = current_key()
    names_in, facts = _facts(digital_id, purpose)
    end = end_of(digital_id, now)
    own_end = OWN_END if end < now + LONGEST_LIFE else 0
    head = HEAD.pack(
        VERSION,
        PURPOSES.index(purpose) | own_end | names_in,
        hint_of(key),
        int(end.timestamp()),
        digital_id.status_index,
        device.status_index,
        device.pk.bytes,
        compressed(device.public_key),
        len(facts),
    )
    return head + facts + signature(key, SIGNED_FOR + head + facts)


def hint_of(key: ECKey) -> bytes:
    """Names the issuer's key in four bytes: the beginning of its thumbprint's (RFC 7638) hash."""
    return hashlib.sha256(key.thumbprint().encode()).digest()[:4]


def compressed(jwk: Json) -> bytes:
    """A public P-256 JWK as SEC 1 compresses it: 33 bytes."""
    numbers = ECKey.import_key(jwk).public_key.public_numbers()
    return bytes([2 + numbers.y % 2]) + numbers.x.to_bytes(COORDINATE_BYTES)


def signature(key: ECKey, signed: bytes) -> bytes:
    """ECDSA with SHA-256 as JOSE and browsers write it: r and s, 32 bytes each."""
    private = key.private_key
    if private is None:
        raise ValueError("a public key signs nothing")
    r, s = decode_dss_signature(private.sign(signed, ECDSA(SHA256())))
    return r.to_bytes(COORDINATE_BYTES) + s.to_bytes(COORDINATE_BYTES)


def _facts(digital_id: DigitalID, purpose: Purpose) -> tuple[int, bytes]:
    """The flag of the names' letters, and the facts that the purpose agrees to show."""
    holder = digital_id.holder
    if purpose == Purpose.AGE:
        reached = ages_reached(holder, on=timezone.localdate()).values()
        return 0, bytes([sum(is_so << bit for bit, is_so in enumerate(reached))])
    names = holder.full_names
    flag, written = _names(names["th"], names["en"])
    if purpose == Purpose.PHOTO:
        return flag, written
    shown = "".join(letter for letter in mask_number(holder.number) if letter.isdigit())
    expiry = digital_id.expires_on.isoformat() if digital_id.expires_on else ""
    level = round(float(digital_id.assurance.removeprefix("IAL") or 0) * 10)
    dates = _date(holder.birth_date) + _date(expiry)
    return flag, written + int(shown).to_bytes(4) + dates + bytes([level])


def _names(thai: str, english: str) -> tuple[int, bytes]:
    try:
        flag, written = 0, [name.encode("cp874") for name in (thai, english)]
    except UnicodeEncodeError:
        flag, written = IN_UTF8, [name.encode() for name in (thai, english)]
    short = [name[:LONGEST_NAME] for name in written]
    return flag, b"".join(bytes([len(name)]) + name for name in short)


def _date(text: str) -> bytes:
    """An ISO date that may lack day and month, or be empty."""
    year, month, day = (*(int(part) for part in text.split("-") if part), 0, 0, 0)[:3]
    return struct.pack(">HBB", year, month, day)
