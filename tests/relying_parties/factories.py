"""Servers that are registered with the portal, and their secret."""

import factory

from relying_parties.models import RelyingParty
from relying_parties.secrets import hash_of

SECRET = "a-secret-that-only-the-tests-know"
CALLBACK = "https://service.example/callback"


class RelyingPartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RelyingParty

    name_th = factory.Sequence(lambda n: f"บริการที่ {n}")
    name_en = factory.Sequence(lambda n: f"Service {n}")
    contact = "desk@service.example"
    redirect_uris = [CALLBACK]
    claims = ["name", "birthdate", "age_over_20"]
    required_claims = ["name"]
    sector = "service.example"
    secret_hash = hash_of(SECRET)
