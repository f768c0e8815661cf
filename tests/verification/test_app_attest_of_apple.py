"""What a real iPhone sent, published with the MIT-licensed node-app-attest: neither it nor the root
that signed it is of our making.
"""

import json
import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime

import pytest
from django.conf import settings

from tests.mutating import bytes_of, raised
from verification.attestation import NotAttested
from verification.attestation.app_attest import AppAttest

APP_ID = "V8H6LQ9448.io.uebelacker.AppAttestExample"
SENT_ON = datetime(2024, 2, 8, tzinfo=UTC)
FOLDER = settings.MODELS_DIR / "attestations"
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----")
ROOT = CERTIFICATE.search((FOLDER / "verifyAttestation.js").read_text())[0].replace(r"\n", "\n")


def sent_by_iphone(of: str = "production") -> dict[str, str]:
    """The object, and the challenge that it answers, in base64."""
    sent: dict[str, str] = json.loads((FOLDER / f"attestation-{of}.json").read_text())
    return sent


def verify(attestation: str | None = None, *, of: str = "production", **changes) -> None:
    """The object as it was sent, or another in its place, by its day's clock."""
    sent = sent_by_iphone(of)
    said = {"app_id": APP_ID, "request": b64decode(sent["challenge"]).decode(), "now": SENT_ON}
    said |= changes
    app = AppAttest(said["app_id"], ROOT)
    app.verify(attestation or sent["attestation"], request_hash=said["request"], now=said["now"])


def test_an_iphone_is_believed():
    assert verify() is None


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"of": "development"}, "environment"),
        ({"request": "de5e0359-84f7-4dd7-a98d-5363e9415fb2"}, "request"),
        ({"app_id": "TEAM.th.go.dopa"}, "app"),
        ({"now": datetime(2024, 2, 6, tzinfo=UTC)}, "chain"),
        ({"now": datetime(2025, 1, 1, tzinfo=UTC)}, "chain"),
    ],
)
def test_it_is_not_believed_of_anything_else(changes, wrong):
    with pytest.raises(NotAttested, match=f"^{wrong}$"):
        verify(**changes)


def is_believed(attestation: bytes) -> bool:
    try:
        verify(b64encode(attestation).decode())
    except NotAttested:
        return False
    return True


def test_no_bit_may_be_another_but_in_the_receipt():
    """Of that, which is for asking Apple later, nothing is believed."""
    whole = b64decode(sent_by_iphone()["attestation"])
    receipt, data = whole.index(b"receipt"), whole.index(b"authData")
    looked_at = [*range(receipt), *range(data, len(whole))]
    changed = [whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in looked_at]
    assert len(changed) > 1_500
    assert [at for at, one in zip(looked_at, changed, strict=True) if is_believed(one)] == []
    assert is_believed(whole)


def test_one_that_is_changed_breaks_nothing():
    whole = b64decode(sent_by_iphone()["attestation"])
    assert raised(is_believed, bytes_of(whole, every=5)) == {}


def test_a_root_that_is_none_is_a_fault_of_ours_and_said_aloud():
    with pytest.raises(ValueError, match="PEM"):
        AppAttest(APP_ID, "no certificate").verify("", request_hash="", now=SENT_ON)
