"""Registering services in the administration site."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from joserfc.jwk import ECKey

from audit.models import Entry
from relying_parties.models import Grant, RelyingParty
from tests.levers import ASK, administrators_client, agreed_by_another, asked_for
from tests.relying_parties.factories import RelyingPartyFactory

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
def administrator():
    return administrators_client()


def save(client, address, fields):
    """Fill the form in, and have another administrator agree."""
    client.post(address, fields)
    return agreed_by_another(asked_for(client))


def test_a_registered_service_gets_its_secret_once(administrator):
    answer = save(administrator, reverse(f"{LIST}_add"), FIELDS)
    service, secret = RelyingParty.objects.get(), answer.context["made"].secret
    assert service.check_client_secret(secret)
    assert (secret in service.secret_hash, service.sector) == (False, "service.example")
    change = reverse(f"{LIST}_change", args=[service.pk])
    assert secret not in administrator.get(change).content.decode()
    anew = save(administrator, change, FIELDS | {"new_secret": "on"})
    service.refresh_from_db()
    assert service.check_client_secret(anew.context["made"].secret)
    assert service.check_client_secret(secret) is False
    entries = Entry.objects.filter(action__startswith="verifier.").order_by("id")
    assert [entry.action for entry in entries] == ["verifier.registered", "verifier.changed"]
    assert secret not in str([entry.details for entry in entries])


def test_a_new_return_address_leaves_the_sector_as_it_was(administrator):
    save(administrator, reverse(f"{LIST}_add"), FIELDS)
    service = RelyingParty.objects.get()
    moved = FIELDS | {"redirect_uris": "https://moved.example/callback"}
    save(administrator, reverse(f"{LIST}_change", args=[service.pk]), moved)
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
        {"redirect_uris": "https://["},
        {"redirect_uris": "https://a]b/"},
        {"jwks": "1" * 5_000},
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


def test_a_service_is_changed_by_two_who_are_told_how_many_people_agreed_to_it(administrator):
    service = RelyingPartyFactory(**{name: FIELDS[name] for name in ("name_th", "contact")})
    Grant.objects.create(
        relying_party=service, number_key=uuid4(), digital_id_key=uuid4(), claims=["name"]
    )
    change = reverse(f"{LIST}_change", args=[service.pk])
    fields = {name: value for name, value in FIELDS.items() if name != "enabled"}
    administrator.post(change, fields | {"redirect_uris": "https://evil.example/"})
    proposal = asked_for(administrator)
    service.refresh_from_db()
    assert (proposal.people, service.enabled) == (1, True)
    agreed_by_another(proposal)
    service.refresh_from_db()
    assert (service.enabled, service.redirect_uris) == (False, ["https://evil.example/"])


def test_a_service_is_never_deleted(administrator):
    save(administrator, reverse(f"{LIST}_add"), FIELDS)
    service = RelyingParty.objects.get()
    address = reverse(f"{LIST}_delete", args=[service.pk])
    assert administrator.post(address).status_code == 403


def test_a_service_that_was_registered_by_mistake_is_switched_off_by_its_way_back(administrator):
    administrator.post(reverse(f"{LIST}_add"), FIELDS)
    proposal = asked_for(administrator)
    agreed_by_another(proposal)
    assert str(RelyingParty.objects.get().pk) == proposal.new["id"]
    administrator.post(f"/staff/levers/{proposal.pk}/back/")
    back = asked_for(administrator)
    agreed_by_another(back)
    assert (back.new, RelyingParty.objects.get().enabled) == ({"enabled": False}, False)
    administrator.post(f"/staff/levers/{proposal.pk}/back/")
    assert administrator.get(ASK).status_code == 302  # it is off already


def test_what_an_older_release_asked_for_without_an_id_can_be_agreed_to(administrator):
    administrator.post(reverse(f"{LIST}_add"), FIELDS)
    proposal = asked_for(administrator)
    del proposal.new["id"], proposal.old["id"]
    proposal.save(update_fields=["old", "new"])
    agreed_by_another(proposal)
    assert RelyingParty.objects.get().name_en == "Sample Department"
