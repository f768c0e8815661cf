"""What follows the selfie is accepted from the device that took it, and from no other."""

import pytest
from joserfc.jwk import ECKey

from audit.models import Entry
from registration.errors import Forbidden, Refused
from registration.models import Enrollment
from registration.services.activation import give_consent, set_password
from registration.services.proving import check_device_key, check_proof
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import PASSWORD, public_part, valid_number
from tests.mutating import raised, tokens_of
from tests.registration.proofs import KEY, proof, with_key
from tests.registration.renewals import ready

pytestmark = pytest.mark.django_db
OTHER = ECKey.generate_key("P-256")


@pytest.fixture
def enrollment() -> Enrollment:
    return with_key(EnrollmentFactory(state=State.VERIFIED))


def test_the_devices_own_proof_is_accepted(enrollment):
    assert check_proof(enrollment, proof(enrollment, "password"), act="password") is None


@pytest.mark.parametrize(
    "forged",
    [
        lambda of: "",
        lambda of: "rubbish",
        lambda of: "a.b.c",
        lambda of: "x" * 5000,
        lambda of: proof(of, "password", key=OTHER),
        lambda of: proof(of, "consent"),
        lambda of: proof(of, "password", sub="another"),
        lambda of: proof(of, "password", nonce="another"),
        lambda of: proof(of, "password", more="than is asked"),
    ],
)
def test_anything_else_is_refused_and_written_down(enrollment, forged):
    with pytest.raises(Forbidden, match="other_device"):
        check_proof(enrollment, forged(enrollment), act="password")
    assert Entry.objects.get(action="enrollment.device_refused").details["act"] == "password"


def test_one_that_its_device_changes_breaks_nothing(enrollment):
    def read(one: str) -> None:
        check_proof(enrollment, one, act="password")

    assert raised(read, tokens_of(proof(enrollment, "password"), KEY), Forbidden) == {}


def test_without_a_key_of_the_selfie_nobody_proves_anything():
    enrollment = EnrollmentFactory(state=State.VERIFIED)
    with pytest.raises(Forbidden):
        check_proof(enrollment, proof(enrollment, "password"), act="password")


def test_a_proof_serves_once(enrollment):
    used = proof(enrollment, "password")
    moved = set_password(enrollment, first=PASSWORD, second=PASSWORD, proof=used)
    with pytest.raises(Forbidden):
        set_password(moved, first=PASSWORD + "!", second=PASSWORD + "!", proof=used)


def test_a_digital_id_is_bound_to_the_selfies_key_and_no_other():
    enrollment = ready(valid_number("7" * 12), renewal=False)
    signed = proof(enrollment, "consent")
    _moved, device = give_consent(enrollment, password=PASSWORD, proof=signed)
    assert device.public_key == public_part(KEY)


@pytest.mark.parametrize(
    "key", [{"kty": "EC"}, {"kty": "oct", "k": "c2VjcmV0"}, OTHER.as_dict(private=True), [1], "x"]
)
def test_what_is_no_public_key_is_refused(key):
    with pytest.raises(Refused, match="bad_device_key"):
        check_device_key(key)
