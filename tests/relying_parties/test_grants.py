"""What the holder sees of the services, ends, and what stays apart."""

import datetime
import json
from collections.abc import Iterator

import pytest
import time_machine
from authlib.integrations.base_client.errors import OAuthError
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet

from audit.models import Entry
from core.keyring import ring
from core.tasks import keep_house
from relying_parties.models import AuthorizationCode
from relying_parties.services import agree
from tests.identity.factories import DeviceFactory, DigitalIDFactory
from tests.relying_parties.conftest import HOST, unlock
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.flow import decide, exchange, request_of, signed_in

pytestmark = pytest.mark.django_db


def test_the_holder_sees_a_service_and_ends_it(citizen, service):
    _token, session = signed_in(citizen, service)
    page = citizen.get(reverse("relying_parties:services")).content.decode()
    assert service.name_en in page
    assert "Name in Thai, Date of birth" in page
    kept = service.grants.get()
    citizen.post(reverse("relying_parties:end", args=[kept.pk]))
    assert session.get(f"{HOST}/connect/userinfo/").status_code == 401
    page = citizen.get(reverse("relying_parties:services")).content.decode()
    assert "You have not signed in to any service" in page
    actions = Entry.objects.filter(action__startswith="service.").order_by("id")
    assert [entry.action for entry in actions] == [
        "service.agreed", "service.signed_in", "service.ended",
    ]  # fmt: skip


def test_a_strangers_consent_cannot_be_ended(citizen, service):
    theirs = agree(DigitalIDFactory(), service, claims=["name"])
    assert citizen.post(reverse("relying_parties:end", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(citizen, device, rows, django_assert_num_queries):
    for _number in range(rows):
        agree(device.digital_id, RelyingPartyFactory(), claims=["name"])
    with django_assert_num_queries(4):
        citizen.get(reverse("relying_parties:services"))


def test_one_person_is_another_subject_in_another_sector(device, service):
    same = RelyingPartyFactory()
    other = RelyingPartyFactory(sector="shop.example")
    subjects = [agree(device.digital_id, one, claims=[]).subject for one in (service, same, other)]
    assert (subjects[0] == subjects[1], subjects[0] == subjects[2]) == (True, False)
    anew = DigitalIDFactory(number_key=device.number_key, revoked=True)
    assert agree(anew, service, claims=[]).subject == subjects[0]


def test_a_service_that_is_switched_off_gets_nothing_more(citizen, service):
    _token, session = signed_in(citizen, service)
    type(service).objects.update(enabled=False)
    assert session.get(f"{HOST}/connect/userinfo/").status_code == 401


def test_a_code_lives_a_minute(citizen, service):
    answer = decide(citizen, request_of(service))
    AuthorizationCode.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(OAuthError, match="invalid_grant"):
        exchange(service, answer)


def test_a_token_lives_ten_minutes(citizen, service):
    _token, session = signed_in(citizen, service)
    session.token["expires_at"] += 3600  # the client's own clock shall not keep it from asking
    answers = []
    for seconds in (590, 610):
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=seconds)):
            answers.append(session.get(f"{HOST}/connect/userinfo/").status_code)
    assert answers == [200, 401]


def test_old_codes_are_forgotten(citizen, service):
    signed_in(citizen, service)
    keep_house()
    assert AuthorizationCode.objects.count() == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        keep_house()
    assert AuthorizationCode.objects.count() == 0


@pytest.fixture
def rotated() -> Iterator[None]:
    """A second issuer key in the ring, and made current."""
    keys = json.loads(settings.KEYRING)
    keys["issuer"]["keys"]["t2"] = "ab" * 32
    keys["issuer"]["current"] = "t2"
    with override_settings(KEYRING=json.dumps(keys)):
        ring.cache_clear()
        yield
    ring.cache_clear()


def test_a_rotated_key_signs_and_the_old_one_is_still_published(citizen, service, rotated):
    token, session = signed_in(citizen, service)
    keys = session.get(f"{HOST}/.well-known/jwks.json").json()
    assert [key["kid"] for key in keys["keys"]] == ["t2", "t1"]
    opened = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=["ES256"])
    assert opened.header["kid"] == "t2"


def test_the_consent_page_lets_its_form_lead_to_the_service_only(citizen, service):
    policy = citizen.get(request_of(service)).headers["Content-Security-Policy"]
    form_action = next(part for part in policy.split(";") if "form-action" in part)
    assert form_action.split() == ["form-action", "'self'", "https://service.example"]


def test_nobody_agrees_for_another_holder(client, service):
    device = DeviceFactory()
    unlock(client, device, ago=3600)
    answer = decide(client, request_of(service))
    assert (answer.status_code, service.grants.count()) == (200, 0)
