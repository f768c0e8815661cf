"""OpenID4VP from a service's request to what it is told, with a wallet made of other libraries."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from joserfc.jwk import ECKey

from audit.actions import Action
from audit.models import Entry
from core.tasks import keep_house
from identity.models import DigitalID
from relying_parties.models import PresentationRequest, RelyingParty
from tests.relying_parties.factories import CALLBACK, RelyingPartyFactory
from tests.relying_parties.presenting import ASK, Wallet, ask, credential_of, post, result

pytestmark = pytest.mark.django_db


@pytest.fixture
def wallet(device, key) -> Wallet:
    return Wallet(credential_of(device), key)


def test_a_wallet_shows_what_is_asked_and_the_service_collects_it_once(wallet, service):
    asked = ask(service)
    assert result(service, asked) == {"status": "waiting"}
    said = wallet.open(asked["wallet"])
    answered = wallet.send(said, wallet.shown(said))
    assert (answered.status_code, answered.json()) == (200, {})
    told = {"name": "นางสาว มาลี ใจดี", "age_over_20": True}
    assert result(service, asked) == {"status": "shown", "claims": told}
    assert result(service, asked) == {"status": "expired"}
    assert PresentationRequest.objects.get().told_sealed is None


def test_the_request_says_what_the_standard_wants(wallet, service):
    said = wallet.open(ask(service)["wallet"])
    assert (said["response_type"], said["response_mode"]) == ("vp_token", "direct_post")
    assert (said["aud"], said["client_id"]) == ("https://self-issued.me/v2", str(service.pk))
    assert said["dcql_query"]["credentials"] == [
        {
            "id": "digital_id",
            "format": "dc+sd-jwt",
            "meta": {"vct_values": ["urn:dopa:digital-id:1"]},
            "claims": [
                {"id": "name", "path": ["name"]},
                {"id": "age_over_20", "path": ["age_equal_or_over", "20"]},
            ],
            "claim_sets": [["name", "age_over_20"], ["name"]],
        }
    ]
    assert said["client_metadata"]["vp_formats_supported"]["dc+sd-jwt"] == {
        "sd-jwt_alg_values": ["ES256"],
        "kb-jwt_alg_values": ["ES256"],
    }


def test_on_the_same_device_only_the_browser_that_came_back_counts(wallet, service):
    asked = ask(service, return_to=CALLBACK)
    said = wallet.open(asked["wallet"])
    goes_to = wallet.send(said, wallet.shown(said)).json()["redirect_uri"]
    address, _mark, code = goes_to.partition("?response_code=")
    assert address == CALLBACK
    assert "error" in result(service, asked)
    assert "error" in result(service, asked, response_code="of another browser")
    assert result(service, asked, response_code=code)["status"] == "shown"


def test_the_holder_may_decline_and_the_service_learns_only_that(wallet, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    assert wallet.post(said, error="access_denied").status_code == 200
    assert [result(service, asked) for _ in range(2)] == [{"status": "declined"}] * 2
    assert Entry.objects.filter(action=Action.PRESENTATION_COLLECTED).count() == 1
    assert wallet.send(said, wallet.shown(said)).status_code == 404


def test_a_request_is_answered_once(wallet, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    presentation = wallet.shown(said)
    assert wallet.send(said, presentation).status_code == 200
    assert wallet.send(said, presentation).status_code == 404
    assert wallet.http.get(f"{ASK}{asked['id']}/request/").status_code == 404


def test_a_presentation_for_one_request_is_nothing_to_another(wallet, service):
    first, second = (wallet.open(ask(service)["wallet"]) for _ in range(2))
    answered = wallet.send(second, wallet.shown(first))
    assert (answered.status_code, answered.json()["error_description"]) == (400, "wrong_nonce")
    assert wallet.send(second, wallet.shown(second)).status_code == 200


def test_what_the_service_needs_cannot_be_left_out_and_the_rest_can(wallet, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    answered = wallet.send(said, wallet.shown(said, ["age_over_20"]))
    assert answered.json()["error_description"] == "needed_claim_missing"
    wallet.send(said, wallet.shown(said, ["name"]))
    assert set(result(service, asked)["claims"]) == {"name"}


@pytest.mark.parametrize(
    "vp_token",
    ["", "{}", "[]", "null", "x", '{"digital_id": []}', '{"digital_id": ["a", "b"]}',
     '{"digital_id": "a~b"}', '{"another": ["a~"]}', '{"digital_id": [1]}', "[" * 90_000],
)  # fmt: skip
def test_nonsense_is_refused_and_leaves_the_request_open(wallet, service, vp_token):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    answered = wallet.post(said, vp_token=vp_token)
    assert (answered.status_code, answered.json()["error_description"]) == (400, "malformed")
    assert result(service, asked) == {"status": "waiting"}


def test_after_five_minutes_nothing_is_answered_or_told(wallet, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    with time_machine.travel(time.time() + 301):
        assert wallet.send(said, wallet.shown(said)).status_code == 404
        assert result(service, asked) == {"status": "expired"}


def test_a_stolen_credential_shows_nothing_without_its_key(device, service):
    thief = Wallet(credential_of(device), ECKey.generate_key("P-256"))
    said = thief.open(ask(service)["wallet"])
    assert thief.send(said, thief.shown(said)).json()["error_description"] == "another_key"


def test_a_suspended_digital_id_is_not_shown(wallet, device, service):
    said = wallet.open(ask(service)["wallet"])
    presentation = wallet.shown(said)
    DigitalID.objects.filter(pk=device.digital_id_id).update(status="suspended")
    answered = wallet.send(said, presentation)
    assert answered.json()["error_description"] == "not_in_force"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"claims": ""}, "claims: "),
        ({"claims": "masked_number"}, "claims: names of claims the service is registered for"),
        ({"claims": "name", "return_to": f"{CALLBACK}/"}, "return_to: one of the service's"),
    ],
)
def test_what_a_service_is_not_registered_for_it_cannot_ask(service, fields, words):
    answered = post(ASK, service, **fields)
    assert (answered.status_code, answered.json()["error"]) == (400, "invalid_request")
    assert answered.json()["error_description"].startswith(words)
    assert not PresentationRequest.objects.exists()


def test_only_registered_services_ask_and_each_sees_its_own(wallet, service):
    assert post(ASK, service, claims="name", client_secret="guessed").status_code == 401
    asked = ask(service)
    assert post(asked["result"], RelyingPartyFactory()).status_code == 404
    RelyingParty.objects.filter(pk=service.pk).update(enabled=False)
    assert wallet.http.get(f"{ASK}{asked['id']}/request/").status_code == 404
    assert post(asked["result"], service).json()["error"] == "invalid_client"


def test_the_log_tells_the_holder_which_service_and_never_the_values(wallet, device, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    wallet.send(said, wallet.shown(said))
    result(service, asked)
    entries = Entry.objects.filter(action__startswith="presentation.").order_by("id")
    assert [entry.action for entry in entries] == [
        Action.PRESENTATION_ASKED, Action.PRESENTATION_SHOWN, Action.PRESENTATION_COLLECTED,
    ]  # fmt: skip
    shown = entries[1]
    assert shown.subject_id == str(device.digital_id_id)
    assert shown.details["claims"] == ["name", "age_over_20"]
    assert shown.details["service_en"] == service.name_en
    assert "มาลี" not in json.dumps([entry.details for entry in entries], ensure_ascii=False)


def test_the_holder_reads_which_service_it_was(citizen, wallet, service):
    said = wallet.open(ask(service)["wallet"])
    wallet.send(said, wallet.shown(said))
    page = citizen.get("/id/access/", headers={"Accept-Language": "en"}).content.decode()
    assert service.name_en in page
    assert "Received the data that you showed." in page


def test_what_was_not_collected_is_forgotten(wallet, service):
    asked = ask(service)
    said = wallet.open(asked["wallet"])
    wallet.send(said, wallet.shown(said))
    keep_house()
    rows = PresentationRequest.objects.filter(pk=asked["id"])
    assert rows.get().told_sealed is not None
    rows.update(answered_at=timezone.now() - timedelta(minutes=6))
    assert result(service, asked) == {"status": "expired"}
    keep_house()
    assert rows.get().told_sealed is None
    rows.update(expires_at=timezone.now() - timedelta(days=2))
    keep_house()
    assert rows.count() == 0


def test_a_request_for_another_host_is_not_the_portals(service):
    asked, browser = ask(service), Client(SERVER_NAME="localhost")
    page = asked["page"].removeprefix("http://localhost")
    assert browser.get(page).status_code == 200
    assert browser.get(page.replace("localhost", "thief.example")).status_code == 404
    assert browser.get(page.replace(str(service.pk), str(asked["id"]))).status_code == 404
    assert browser.get("/id/present/?request_uri=%5B").status_code == 404
