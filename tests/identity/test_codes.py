"""The short form of the shown code: small, whole, from the one device, and good without network."""

import datetime
import time
from dataclasses import replace

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from identity.codes import from_digits, is_code, read_code, to_digits
from identity.credential.keys import current_key
from identity.credential.passes import HEAD, SIGNED_FOR, compressed, issue_pass, passes_of
from identity.presentation import Purpose, Verdict, check_presentation, device_that_proves_itself
from tests.identity.factories import DeviceFactory, DigitalIDFactory
from tests.identity.tokens import make_code, sign_code

pytestmark = pytest.mark.django_db
LONG_NAMES = {
    "title_th": "พลตำรวจเอก",
    "first_name_th": "เกียรติศักดิ์สิทธิชัย",
    "last_name_th": "วงศ์ประดิษฐ์สุวรรณกุล",
    "title_en": "Pol. Gen.",
    "first_name_en": "Kiattisaksitthichai",
    "last_name_en": "Wongpraditsuwannakul",
}


def verdict(code: str) -> Verdict:
    return check_presentation(code).verdict


@given(data=st.binary(max_size=400))
def test_bytes_written_as_digits_come_back(data):
    assert from_digits(to_digits(data) or "0") == (data or None)


@pytest.mark.parametrize("text", ["", "1", "99999999999999999", "999", "a" * 17, "๑๒๓", "1 2"])
def test_digits_that_no_bytes_write_are_refused(text):
    assert from_digits(text) is None


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_code_says_its_purpose_and_is_valid_once(device, key, purpose):
    code = make_code(device, key, purpose=purpose)
    result = check_presentation(code)
    assert (result.verdict, result.purpose) == (Verdict.VALID, purpose)
    assert verdict(code) == Verdict.REPLAYED


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (-600, Verdict.WRONG_CLOCK),
        (-3, Verdict.VALID),
        (31, Verdict.VALID),
        (46, Verdict.TOO_OLD),
        (600, Verdict.TOO_OLD),
    ],
)
def test_a_code_is_good_for_half_a_minute_and_its_way(device, key, age, expected):
    assert verdict(make_code(device, key, iat=int(time.time()) - age)) == expected


def test_a_changed_bit_anywhere_is_refused(device, key):
    whole = from_digits(make_code(device, key))
    for bit in range(0, len(whole) * 8, 7):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        assert verdict(to_digits(bytes(changed))) == Verdict.NOT_OURS
    assert verdict(to_digits(whole)) == Verdict.VALID


def test_the_key_of_another_device_is_refused(device):
    assert verdict(make_code(device, ECKey.generate_key("P-256"))) == Verdict.NOT_OURS


def test_a_removed_devices_code_is_refused(key):
    assert verdict(make_code(DeviceFactory(key=key, removed=True), key)) == Verdict.NOT_OURS


@pytest.mark.parametrize("trait", ["suspended", "revoked"])
def test_a_digital_id_not_in_force_says_so(key, trait):
    device = DeviceFactory(key=key, digital_id=DigitalIDFactory(**{trait: True}))
    assert verdict(make_code(device, key)) == Verdict(trait)


def test_a_code_does_not_open_the_digital_id(device, key):
    assert device_that_proves_itself(make_code(device, key)) is None


@pytest.mark.parametrize("text", ["1" * 2000, "0" * 17, "2" * 700, "9" * 34])
def test_digits_that_are_no_code_are_not_ours(text):
    assert is_code(text)
    assert verdict(text) == Verdict.NOT_OURS


def test_a_code_of_another_length_or_version_is_none(device, key):
    said = from_digits(make_code(device, key))[:-64]
    for wrong in (said[:-1], said + b"x", b"\x03" + said[1:], said[:1] + b"\x03" + said[2:]):
        assert read_code(sign_code(wrong, key)) is None


def test_a_pass_is_signed_by_the_issuer_for_this_and_nothing_else(device):
    issued = issue_pass(device, purpose=Purpose.ALL)
    r, s = int.from_bytes(issued[-64:-32]), int.from_bytes(issued[-32:])
    public, written = current_key()[1].public_key, encode_dss_signature(r, s)
    public.verify(written, SIGNED_FOR + issued[:-64], ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(written, issued[:-64], ECDSA(SHA256()))


def test_an_age_pass_holds_no_name_and_no_birth_date(device):
    _version, kind, *_rest, length = HEAD.unpack_from(issue_pass(device, purpose=Purpose.AGE))
    facts = issue_pass(device, purpose=Purpose.AGE)[HEAD.size : HEAD.size + length]
    assert (kind & 3, facts) == (2, bytes([0b011]))


def test_names_that_the_thai_letters_cannot_write_are_kept_in_utf8(device):
    digital_id = device.digital_id
    digital_id.holder = replace(digital_id.holder, first_name_en="Zoë")
    issued = issue_pass(device, purpose=Purpose.PHOTO)
    assert issued[1] == 1 | 8
    assert "Miss Zoë Jaidee".encode() in issued


@pytest.mark.parametrize(("days", "own"), [(900, 0), (3, 4), (None, 0)])
def test_a_pass_ends_with_the_digital_id_or_in_thirty_days(device, days, own):
    noon = datetime.datetime(2026, 5, 1, 5, tzinfo=datetime.UTC)
    last = noon.date() + datetime.timedelta(days) if days else None
    device.digital_id.expires_on = last
    with time_machine.travel(noon, tick=False):
        head = HEAD.unpack_from(issue_pass(device, purpose=Purpose.AGE))
    assert head[1] & 4 == own
    assert (head[3] - noon.timestamp()) / 86400 == (3.5 if own else 30)


def test_a_public_key_is_compressed_as_the_standard_says(key):
    point = key.public_key.public_numbers()
    assert compressed(key.as_dict(private=False))[1:] == point.x.to_bytes(32)
    assert compressed(key.as_dict(private=False))[0] == 2 + point.y % 2


def test_even_a_long_names_code_is_short(device, key):
    device.digital_id.holder = replace(device.digital_id.holder, **LONG_NAMES)
    lengths = {
        purpose: len(from_digits(make_code(device, key, purpose=purpose)))
        for purpose in Purpose.values
    }
    assert lengths == {"all": 327, "photo": 314, "age": 209}


def test_there_is_a_pass_for_each_purpose(device):
    assert set(passes_of(device)) == set(Purpose.values)
