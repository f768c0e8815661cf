"""Registering services in the administration site."""

import json
import re

import pytest
from django.urls import reverse
from joserfc.jwk import ECKey

from audit.models import Entry
from relying_parties.models import RelyingParty
from tests.factories import OfficerFactory
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
LIST = "admin:relying_parties_relyingparty"
FIELDS = {
    "name_th": "กรมตัวอย่าง",
    "name_en": "Sample Department",
    "contact": "desk@service.example",
    "redirect_uris": "https://service.example/callback",
    "claims": ["name", "birthdate"],
    "required_claims": ["name"],
    "auth_method": "client_secret",
    "jwks": "null",
    "enabled": "on",
}


@pytest.fixture
def administrator(client):
    sign_in(client, OfficerFactory(administrator=True))
    return client


def test_a_registered_service_gets_its_secret_once(administrator):
    answer = administrator.post(reverse(f"{LIST}_add"), FIELDS)
    service = RelyingParty.objects.get()
    secret = re.findall(r"<code>([\w-]{43})</code>", answer.content.decode())[0]
    assert service.check_client_secret(secret)
    assert (secret in service.secret_hash, service.sector) == (False, "service.example")
    change = reverse(f"{LIST}_change", args=[service.pk])
    assert secret not in administrator.get(change).content.decode()
    anew = administrator.post(change, FIELDS | {"new_secret": "on"})
    service.refresh_from_db()
    assert b"client_secret" in anew.content
    assert service.check_client_secret(secret) is False
    entries = Entry.objects.filter(action__startswith="verifier.").order_by("id")
    assert [entry.action for entry in entries] == ["verifier.registered", "verifier.changed"]
    assert secret not in str([entry.details for entry in entries])


def test_a_new_return_address_leaves_the_sector_as_it_was(administrator):
    administrator.post(reverse(f"{LIST}_add"), FIELDS)
    service = RelyingParty.objects.get()
    moved = FIELDS | {"redirect_uris": "https://moved.example/callback"}
    administrator.post(reverse(f"{LIST}_change", args=[service.pk]), moved)
    service.refresh_from_db()
    assert (service.redirect_uris, service.sector) == (
        ["https://moved.example/callback"],
        "service.example",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uris": "http://service.example/callback"},
        {"redirect_uris": "https://service.example/#there"},
        {"redirect_uris": "javascript:alert(1)"},
        {"required_claims": ["name", "masked_number"]},
        {"auth_method": "private_key_jwt"},
        {"jwks": '{"keys": []}'},
        {"jwks": '"no set"'},
        {"jwks": json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=True)]})},
    ],
)
def test_what_would_not_be_safe_is_not_registered(administrator, wrong):
    answer = administrator.post(reverse(f"{LIST}_add"), FIELDS | wrong)
    assert (answer.status_code, RelyingParty.objects.count()) == (200, 0)


def test_a_service_is_never_deleted(administrator):
    administrator.post(reverse(f"{LIST}_add"), FIELDS)
    service = RelyingParty.objects.get()
    address = reverse(f"{LIST}_delete", args=[service.pk])
    assert administrator.post(address).status_code == 403
