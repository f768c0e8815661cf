"""What the portal's Python and the browser's scripts must read alike: tests/vectors/browser.json.

tests/js/vectors.test.js holds the scripts to the same file. To write it anew, after the format was
changed on purpose:

    WRITE_VECTORS=1 make test PATHS=tests/identity/test_vectors.py
"""

import datetime
import json
import os
import uuid
from pathlib import Path

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from identity.api.views import agreed_face
from identity.codes import from_digits, read_code, to_digits
from identity.credential import passes
from identity.credential.keys import current_key
from identity.credential.sd_jwt import claims_of, issue_credential
from identity.credential.status_list import BITS, encoded, pack
from identity.models import Device
from identity.presentation import Purpose
from tests.identity.factories import (
    DeviceFactory,
    DigitalIDFactory,
    make_person,
    public_part,
    valid_number,
)
from tests.identity.tokens import make_code

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent.parent / "vectors" / "browser.json"
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
ONCE = bytes(range(8))
LIFE = None
CASES = {
    "everything": (Purpose.ALL, {}, datetime.date(2031, 2, 11)),
    "photo": (Purpose.PHOTO, {}, datetime.date(2026, 1, 20)),
    "age": (Purpose.AGE, {"birth_date": "2007-01-03"}, LIFE),
    "letters that windows-874 lacks": (Purpose.ALL, {"first_name_th": "ມາລີ"}, LIFE),
    "born in a year": (Purpose.ALL, {"birth_date": "1950"}, LIFE),
}
AGREED = ["name", "assurance", "age_over_20"]
MADE_BY_CHANCE = ("code", "credential", "presented")


def private_key(number: int) -> EllipticCurvePrivateKey:
    return derive_private_key(number, SECP256R1())


def device_of(case: str) -> Device:
    """Always the same, but for what its factories leave to chance."""
    place = list(CASES).index(case)
    _purpose, changes, expires_on = CASES[case]
    number = valid_number(f"3{place:011}")
    holder = make_person(number, **changes)
    digital_id = DigitalIDFactory(number=number, holder=holder, expires_on=expires_on)
    key = ECKey.import_key(private_key(99))
    device = DeviceFactory(pk=uuid.UUID(int=place + 1), digital_id=digital_id, key=key)
    digital_id.status_index, device.status_index = 2**20 + place, 2**31 + place
    return device


def code_vector(case: str, device: Device) -> dict:
    purpose, *_ = CASES[case]
    facts = agreed_face(device.digital_id, purpose)
    facts.pop("photo")
    if "expires_on" in facts:
        facts["expires_on"] = facts["expires_on"] and facts["expires_on"].isoformat()
    key = ECKey.import_key(private_key(99))
    return {
        "case": case,
        "code": make_code(device, key, purpose=purpose, once=ONCE),
        "purpose": purpose.value,
        "device": device.pk.hex,
        "places": [device.digital_id.status_index, device.status_index],
        "made_at": int(NOW.timestamp()),
        "once": ONCE.hex(),
        "facts": facts,
    }


def points() -> list[dict]:
    found = []
    for number in (1, 2, 3, 99, 2**200 + 7):
        key = private_key(number).public_key()
        whole = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        jwk = public_part(ECKey.import_key(key))
        found.append({"compressed": passes.compressed(jwk).hex(), "whole": whole.hex()})
    return found


def is_point(compressed: bytes) -> bool:
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), compressed)
    except ValueError:
        return False
    return True


def credential_vector(device: Device) -> dict:
    """The credential of a device, and what is left of it for `AGREED`."""
    credential = issue_credential(device, issuer="https://any.example", list_address="x")
    signed, *disclosures, _end = credential.split("~")
    names = [json.loads(urlsafe_b64decode(one.encode()))[1] for one in disclosures]
    called = [f"age_over_{name}" if name.isdecimal() else name for name in names]
    kept = [one for one, name in zip(disclosures, called, strict=True) if name in AGREED]
    return {
        "credential": credential,
        "names": called,
        "agreed": AGREED,
        "presented": "~".join((signed, *kept, "")),
    }


def computed() -> dict:
    lengths = [bytes(range(200, 200 + length)) for length in range(16)]
    texts = ["1", "99999999999999999", "999", "a" * 17, "๑๒๓", "1 2"]
    values, size = {0: 1, 5: 2, 6: 3, 130: 1, 255: 2}, 256
    _key_id, issuer = current_key()
    devices = {case: device_of(case) for case in CASES}
    return {
        "base64url": [[data.hex(), urlsafe_b64encode(data).decode()] for data in lengths],
        "digits": [[data.hex(), to_digits(data)] for data in [*lengths, bytes(9), b"\xff" * 14]][
            1:
        ],
        "not_digits": [text for text in texts if from_digits(text) is None],
        "points": points(),
        "not_points": [
            x.hex() for x in (b"\x02" + bytes([n] * 32) for n in range(256)) if not is_point(x)
        ][:8],
        "issuer": {"jwk": public_part(issuer), "hint": passes.hint_of(issuer).hex()},
        "status_list": {
            "bits": BITS,
            "size": size,
            "values": values,
            "encoded": encoded(pack(values, size=size, bits=BITS)),
        },
        "codes": [code_vector(case, device) for case, device in devices.items()],
        "credential": credential_vector(devices["everything"]),
    }


def without_chance(vectors: dict) -> dict:
    kept = json.loads(json.dumps(vectors))
    for one in [*kept["codes"], kept["credential"]]:
        for name in MADE_BY_CHANCE:
            one.pop(name, None)
    return kept


@pytest.fixture
def vectors() -> dict:
    return json.loads(FILE.read_text())


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_file_holds_what_the_portal_computes():
    found = computed()
    if os.environ.get("WRITE_VECTORS"):
        FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    assert without_chance(json.loads(FILE.read_text())) == without_chance(found)


@pytest.mark.parametrize("case", CASES)
def test_the_codes_are_the_portals_own_but_for_their_random_parts(vectors, case):
    purpose, *_ = CASES[case]
    device = device_of(case)
    text = next(one["code"] for one in vectors["codes"] if one["case"] == case)
    code = read_code(text)
    assert code.claims == {
        "aud": "check", "purpose": purpose.value, "iat": int(NOW.timestamp()), "jti": ONCE.hex(),
    }  # fmt: skip
    assert code.is_signed_by(device)
    signed, signature = code.signed[:-12][:-64], code.signed[:-12][-64:]
    assert signed == passes.issue_pass(device, purpose=purpose)[:-64]
    check_signature(signature, passes.SIGNED_FOR + signed)


def check_signature(signature: bytes, signed: bytes) -> None:
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    _key_id, issuer = current_key()
    try:
        issuer.public_key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        pytest.fail("the pass is not the issuer's")


def test_the_credential_discloses_what_the_portal_says_of_the_person(vectors):
    _signed, *disclosures, _end = vectors["credential"]["credential"].split("~")
    told = [json.loads(urlsafe_b64decode(one.encode()))[1:] for one in disclosures]
    facts, ages = claims_of(device_of("everything").digital_id, on=NOW.date())
    assert told == [[name, value] for name, value in (facts | ages).items()]
