"""How lately and how surely a service wants the person known: met or refused, never passed over."""

import json
import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet

from identity.credential.keys import public_keys
from identity.models import DigitalID
from relying_parties.models import Grant
from tests.identity.factories import PASSWORD, DeviceFactory
from tests.relying_parties.conftest import HOST, unlock
from tests.relying_parties.flow import decide, exchange, request_of, said, shown_on, signed_in

pytestmark = pytest.mark.django_db


def essential_acr(**accepted) -> str:
    return json.dumps({"id_token": {"acr": {"essential": True} | accepted}})


def token_of(service, answer) -> dict:
    token, _session = exchange(service, answer)
    keys = KeySet.import_key_set(public_keys())
    return jwt.decode(token["id_token"], keys, algorithms=["ES256"]).claims


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"prompt": "NONE"}, "invalid_request"),
        ({"prompt": "create"}, "invalid_request"),
        ({"prompt": "none consent"}, "invalid_request"),
        ({"prompt": "none select_account"}, "invalid_request"),
        ({"prompt": "select_account"}, "account_selection_required"),
        ({"prompt": "login select_account"}, "account_selection_required"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "1.5"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"max_age": "٣"}, "invalid_request"),
        ({"max_age": "9" * 5000}, "invalid_request"),
        ({"request": "rubbish", "id_token_hint": "rubbish"}, "request_not_supported"),
    ],
)
def test_what_cannot_be_met_or_understood_is_refused(citizen, service, asked, error):
    signed_in(citizen, service)
    told = said(citizen.get(request_of(service, **asked)))
    assert (told["error"], told["state"]) == (error, "s-1")


BROKEN_CLAIMS = [
    "{", "[]", "null", "7", '"text"', "[" * 3900, '{"a":' * 700, "9" * 3999, "é",
    "x" * 50_000,
    '{"id_token": []}', '{"id_token": null}', '{"id_token": {"acr": 7}}', '{"userinfo": "name"}',
    '{"id_token": {"acr": {"essential": "yes"}}}', '{"id_token": {"acr": {"values": "IAL2.2"}}}',
    '{"id_token": {"sub": {"value": "x"}}, "id_token": {}}', '{"userinfo": {"name": ["x"]}}',
]  # fmt: skip


@pytest.mark.parametrize("claims", BROKEN_CLAIMS, ids=range(len(BROKEN_CLAIMS)))
@pytest.mark.parametrize("prompt", [None, "none"])
def test_broken_claims_are_an_invalid_request(citizen, service, claims, prompt):
    told = said(citizen.get(request_of(service, claims=claims, prompt=prompt)))
    assert told["error"] == "invalid_request"


@pytest.mark.parametrize(
    "claims",
    ["", "{}", '{"other": 1}', '{"id_token": {"auth_time": {"essential": true}, "acr": null}}'],
)
def test_claims_that_demand_nothing_change_nothing(citizen, service, claims):
    assert "code" in said(decide(citizen, request_of(service, claims=claims)))


def test_claims_may_be_asked_for_by_name(citizen, service):
    claims = '{"userinfo": {"age_over_20": null, "masked_number": {"essential": true}}}'
    address = request_of(service, scope="openid", claims=claims)
    _token, session = exchange(service, decide(citizen, address, agreed=["age_over_20"]))
    told = session.get(f"{HOST}/connect/userinfo/").json()
    assert (set(told), told["age_over_20"]) == ({"sub", "age_over_20"}, True)


@pytest.mark.parametrize("name", ["prompt", "max_age", "id_token_hint", "claims", "nonce"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_parameter_that_stands_there_twice_is_refused(citizen, service, name, method):
    path, query = request_of(service, **{name: "1"}).split("?")
    doubled = f"{query}&{name}=2"
    if method == "post":
        form = "application/x-www-form-urlencoded"
        sent_on = citizen.post(path, doubled, content_type=form)
        path, doubled = sent_on.headers["Location"].split("?")
    assert said(citizen.get(f"{path}?{doubled}"))["error"] == "invalid_request"


@pytest.mark.parametrize("prompt", ["none", " none", "none "])
def test_prompt_none_shows_no_page_however_it_is_written(client, service, prompt):
    client.defaults["SERVER_NAME"] = "localhost"
    address = request_of(service, prompt=prompt)
    assert said(client.get(address))["error"] == "login_required"
    posted = client.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    assert said(posted)["error"] == "login_required"


@pytest.mark.parametrize("prompt", ["consent", "login consent"])
def test_prompt_consent_asks_again_what_was_agreed_before(citizen, service, prompt):
    signed_in(citizen, service)
    address = request_of(service, prompt=prompt)
    if "login" in prompt:
        assert b"data-dopa-known" in citizen.get(address).content
        citizen.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    assert b"told__row" in citizen.get(address).content


@pytest.mark.parametrize(("max_age", "age", "counts"), [(300, 120, True), (60, 120, False)])
def test_the_age_of_the_sign_in_is_told_and_kept(client, device, service, max_age, age, counts):
    unlock(client, device)
    signed_in(client, service)
    unlock(client, device, ago=age)
    answer = client.get(request_of(service, prompt="none", max_age=max_age))
    assert ("code" in said(answer)) == counts
    if counts:
        assert abs(token_of(service, answer)["auth_time"] - (time.time() - age)) < 5


def test_a_sign_in_for_one_request_counts_for_no_other_and_not_for_long(client, device, service):
    unlock(client, device, ago=60)
    address = request_of(service, max_age=0)
    client.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    assert b"told__row" in client.get(address).content
    assert b"told__row" not in client.get(request_of(service, max_age=0, state="s-2")).content
    for seconds, counts in ((290, True), (310, False)):
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
            assert (b"told__row" in client.get(address).content) == counts


@pytest.mark.parametrize("accepted", [{"value": "IAL2.2"}, {"values": ["IAL2.3", "IAL2.2"]}, {}])
def test_a_level_that_is_reached_is_told(citizen, service, accepted):
    answer = decide(citizen, request_of(service, claims=essential_acr(**accepted)))
    assert token_of(service, answer)["acr"] == "IAL2.2"


@pytest.mark.parametrize(
    "asked",
    [
        {"acr_values": "IAL3 IAL2.3"},
        {"claims": '{"id_token": {"acr": {"values": ["IAL2.3"]}}}'},
    ],
)
def test_a_level_that_is_voluntary_is_answered_with_what_holds(citizen, service, asked):
    answer = decide(citizen, request_of(service, **asked))
    assert token_of(service, answer)["acr"] == "IAL2.2"


@pytest.mark.parametrize(
    "accepted", [{"value": "IAL2.3"}, {"values": ["IAL3"]}, {"values": []}, {"value": {"a": 1}}]
)
def test_a_level_that_is_not_reached_is_refused_and_first_told_to_the_holder(
    citizen, service, accepted
):
    asked = {"claims": essential_acr(**accepted)}
    silent = request_of(service, prompt="none", **asked)
    assert said(citizen.get(silent))["error"] == "consent_required"
    page = citizen.get(request_of(service, **asked)).content.decode()
    assert ("is IAL2.2, and the service asks for another" in page, "told__row" in page) == (
        True, False,
    )  # fmt: skip
    refused = decide(citizen, request_of(service, **asked))
    assert said(refused)["error"] == "unmet_authentication_requirements"
    assert Grant.objects.count() == 0
    signed_in(citizen, service)
    assert said(citizen.get(silent))["error"] == "unmet_authentication_requirements"


@pytest.mark.parametrize("prompt", [None, "none", "login"])
@time_machine.travel("2026-11-28", tick=False)
def test_a_login_hint_changes_nothing_whomever_it_names(client, service, device, prompt):
    unlock(client, device)
    number = device.digital_id.holder.number
    answers = []
    for hint in (number, "1101700230708", "nobody@example.com", None):
        answer = client.get(request_of(service, prompt=prompt, login_hint=hint))
        page = re.sub(
            r"login_hint=[^&\"]*&amp;|&amp;login_hint=[^\"&]*", "", answer.content.decode()
        )
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", page)
        answers.append((answer.status_code, answer.headers.get("Location"), page))
    assert len(set(answers)) == 1


def test_an_answer_to_the_page_of_another_holder_is_none(citizen, service, device):
    address = request_of(service)
    shown = shown_on(citizen.get(address))
    unlock(citizen, DeviceFactory())  # in another tab
    for decision in ("agree", "refuse"):
        answer = decide(citizen, address, shown=shown, decision=decision)
        page = answer.content.decode()
        assert (answer.status_code, "has changed meanwhile" in page) == (200, True)
    assert Grant.objects.count() == 0
    assert shown_on(answer) != shown
    assert "code" in said(decide(citizen, address, shown=shown_on(answer)))
    assert Grant.objects.get().number_key != device.number_key


def test_an_answer_to_a_page_with_other_values_or_another_service_is_none(citizen, service, device):
    address = request_of(service)
    shown = shown_on(citizen.get(address))
    assert decide(citizen, request_of(service, scope="openid"), shown=shown).status_code == 200
    digital_id = DigitalID.objects.get(pk=device.digital_id_id)
    digital_id.holder = replace(digital_id.holder, first_name_th="สมศรี")
    digital_id.save()
    answer = decide(citizen, address, shown=shown)
    assert (answer.status_code, "สมศรี" in answer.content.decode()) == (200, True)
    assert Grant.objects.count() == 0


def test_what_a_form_posts_is_no_part_of_the_request(citizen, service):
    address = request_of(service, scope="openid", prompt="login")
    body = {"prompt": "consent", "scope": "openid profile", "max_age": "900", "decision": "agree"}
    answer = citizen.post(address.replace("/authorize/", "/decide/"), body)
    assert (answer.status_code, b"data-dopa-known" in answer.content) == (200, True)
