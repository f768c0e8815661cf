"""The key of a citizen's phone, and what it signs after the selfie."""

import json

from joserfc import jws
from joserfc.jwk import ECKey

from identity.models import Device
from registration.models import Enrollment
from registration.services.activation import give_consent, set_password
from tests.identity.factories import PASSWORD, public_part

KEY = ECKey.generate_key("P-256")


def proof(enrollment: Enrollment, act: str, *, key: ECKey = KEY, **said: str) -> str:
    claims = {"aud": act, "sub": str(enrollment.pk), "nonce": enrollment.proof_nonce} | said
    header = {"alg": "ES256", "typ": "dopa-proof+jwt"}
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=["ES256"])


def with_key(enrollment: Enrollment) -> Enrollment:
    """The same, as if KEY had come with the verified selfie."""
    enrollment.device_key = public_part(KEY)
    enrollment.save(update_fields=["device_key"])
    return enrollment


def consented(enrollment: Enrollment, password: str = PASSWORD) -> tuple[Enrollment, Device]:
    return give_consent(enrollment, password=password, proof=proof(enrollment, "consent"))


def password_set(enrollment: Enrollment, password: str = PASSWORD) -> Enrollment:
    signed = proof(enrollment, "password")
    return set_password(enrollment, first=password, second=password, proof=signed)
