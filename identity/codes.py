"""The shown code in its short form: digits, which a QR code packs three to ten bits.

A code is a pass (identity.credential.passes), when it was made (four bytes, seconds of 1970), eight
random bytes, and the device's signature over all of that. Seven bytes are written as 17 digits, so
that it may stand in an address as it is.
"""

import re
import struct
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey

from core.typing import Json
from identity.models import Device

DIGITS = re.compile(r"[0-9]{1,2000}")
BYTES_OF_DIGITS = {0: 0, 3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6}
BLOCK_BYTES, BLOCK_DIGITS = 7, 17
VERSION = 2
PURPOSES = ("all", "photo", "age")
SIGNED_FOR = b"dopa-show-2\n"  # no other signature of this key can be taken for one of these
SIGNATURE_BYTES = 64
MADE = struct.Struct(">I8s")
HEAD_BYTES, DEVICE_AT, FACTS_AT = 68, 18, 67


@dataclass(frozen=True)
class Code:
    """What a code says, unproven until `is_signed_by` is asked. `claims` are named as the token's
    (identity.presentation).
    """

    device_id: uuid.UUID
    claims: Json
    signed: bytes
    signature: bytes

    def is_signed_by(self, device: Device) -> bool:
        half = SIGNATURE_BYTES // 2
        r, s = (int.from_bytes(part) for part in (self.signature[:half], self.signature[half:]))
        public = ECKey.import_key(device.public_key).public_key
        try:
            public.verify(encode_dss_signature(r, s), SIGNED_FOR + self.signed, ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True


def is_code(text: str) -> bool:
    return DIGITS.fullmatch(text) is not None


def read_code(text: str) -> Code | None:
    """The code these digits write; None where they write none."""
    data = from_digits(text)
    if data is None or len(data) < HEAD_BYTES or data[0] != VERSION:
        return None
    end_of_pass = HEAD_BYTES + data[FACTS_AT] + SIGNATURE_BYTES
    kind = data[1] & 3
    if len(data) != end_of_pass + MADE.size + SIGNATURE_BYTES or kind >= len(PURPOSES):
        return None
    made, once = MADE.unpack_from(data, end_of_pass)
    claims = {"aud": "check", "purpose": PURPOSES[kind], "iat": made, "jti": once.hex()}
    device_id = uuid.UUID(bytes=data[DEVICE_AT : DEVICE_AT + 16])
    return Code(device_id, claims, data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:])


def to_digits(data: bytes) -> str:
    digits_of_bytes = {count: digits for digits, count in BYTES_OF_DIGITS.items()}
    digits_of_bytes[BLOCK_BYTES] = BLOCK_DIGITS
    blocks = (data[at : at + BLOCK_BYTES] for at in range(0, len(data), BLOCK_BYTES))
    return "".join(
        str(int.from_bytes(block)).zfill(digits_of_bytes[len(block)]) for block in blocks
    )


def from_digits(text: str) -> bytes | None:
    """The bytes; None where `to_digits` cannot have written this."""
    if not is_code(text) or len(text) % BLOCK_DIGITS not in BYTES_OF_DIGITS:
        return None
    found = bytearray()
    for at in range(0, len(text), BLOCK_DIGITS):
        block = text[at : at + BLOCK_DIGITS]
        length = BYTES_OF_DIGITS.get(len(block), BLOCK_BYTES)
        if int(block) >= 256**length:
            return None
        found += int(block).to_bytes(length)
    return bytes(found)
