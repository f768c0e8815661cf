"""Presentations as the library sd-jwt makes them, and each way to be wrong."""

import json
import time

import pytest
import time_machine
from django.utils import timezone
from joserfc.jwk import ECKey
from jwcrypto.jwk import JWK
from sd_jwt.holder import SDJWTHolder

from core.address import portal_address
from identity.credential import status_list
from identity.credential.sd_jwt import issue_credential
from identity.models import Device, DigitalID
from relying_parties.claims import values_of
from relying_parties.models import WalletCredential
from relying_parties.presentations.checking import Fault, PresentationRefused, check
from relying_parties.wallets import statuses
from tests.relying_parties.presenting import credential_of

pytestmark = pytest.mark.django_db
AUDIENCE, NONCE = "service-1", "nonce-1"
ASKED = ["name", "age_over_20"]
SHOWN = {"name": True, "age_equal_or_over": {"20": True}}


@pytest.fixture
def credential(device) -> str:
    return credential_of(device)


def presented(credential: str, key: ECKey, *, shown=SHOWN, nonce=NONCE, aud=AUDIENCE) -> str:
    holder = SDJWTHolder(credential)
    signing = JWK.from_json(json.dumps(key.as_dict(private=True)))
    holder.create_presentation(shown, nonce, aud, signing)
    return holder.sd_jwt_presentation


def fault_of(text: str) -> Fault:
    with pytest.raises(PresentationRefused) as refusal:
        check(text, audience=AUDIENCE, nonce=NONCE, asked=ASKED)
    return refusal.value.args[0]


def test_a_presentation_tells_what_was_agreed_and_no_more(credential, key, device):
    text = presented(credential, key)
    found = check(text, audience=AUDIENCE, nonce=NONCE, asked=ASKED)
    told = values_of(device.digital_id, ASKED)
    assert found.claims == told
    assert (found.device, found.device.digital_id) == (device, device.digital_id)


def test_the_holder_may_show_less_than_was_asked(credential, key):
    text = presented(credential, key, shown={"age_equal_or_over": {"20": True}})
    found = check(text, audience=AUDIENCE, nonce=NONCE, asked=ASKED)
    assert found.claims == {"age_over_20": True}


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ({"nonce": "another"}, Fault.NONCE),
        ({"aud": "service-2"}, Fault.AUDIENCE),
        ({"key": ECKey.generate_key("P-256")}, Fault.KEY),
        ({"shown": SHOWN | {"birthdate": True}}, Fault.NOT_ASKED),
    ],
)
def test_what_was_made_for_another_request_is_refused(credential, key, made, fault):
    assert fault_of(presented(credential, made.pop("key", key), **made)) == fault


def test_what_was_changed_on_the_way_is_refused(credential, key):
    signed, first, *rest, binding = presented(credential, key).split("~")
    body = "~".join((signed, first, *rest, ""))
    changed = first[:-2] + ("AA" if first[-2:] != "AA" else "BB")
    assert fault_of(body) == Fault.UNBOUND
    assert fault_of("~".join((signed, changed, *rest, binding))) == Fault.DISCLOSURE
    assert fault_of("~".join((signed, first, first, *rest, binding))) == Fault.DISCLOSURE
    assert fault_of("~".join((signed, *rest, binding))) == Fault.HASH
    assert fault_of("~".join((signed[:-6] + "AAAAAA", first, *rest, binding))) == Fault.ISSUER
    assert fault_of(signed) == Fault.FORM


def test_what_is_too_old_is_refused(credential, key):
    text, now = presented(credential, key), time.time()
    with time_machine.travel(now + 301):
        assert fault_of(text) == Fault.TIME
    with time_machine.travel(now - 60):
        assert fault_of(text) == Fault.TIME
    with time_machine.travel(now + 31 * 24 * 3600):
        assert fault_of(presented(credential, key)) == Fault.ENDED


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_a_digital_id_out_of_force_is_refused_at_once(credential, key, device, status):
    DigitalID.objects.filter(pk=device.digital_id_id).update(status=status)
    assert fault_of(presented(credential, key)) == Fault.STANDING


def test_a_removed_device_is_refused_at_once(credential, key, device):
    Device.objects.filter(pk=device.pk).update(removed_at=timezone.now())
    assert fault_of(presented(credential, key)) == Fault.STANDING


def test_a_wallets_credential_is_good_until_it_is_taken_back(device, key):
    kept = WalletCredential.objects.create(
        number_key=device.number_key,
        digital_id_key=device.digital_id_id,
        device_key=device.pk,
        expires_at=timezone.now(),
    )
    number, index = divmod(kept.pk, status_list.IDS_A_LIST)
    issued = issue_credential(
        device, issuer=portal_address(), list_address=statuses.list_address(number), index=index
    )
    text = presented(issued, key)
    assert check(text, audience=AUDIENCE, nonce=NONCE, asked=ASKED).device == device
    WalletCredential.objects.filter(pk=kept.pk).update(revoked_at=timezone.now())
    assert fault_of(text) == Fault.STANDING
