"""POST /api/v1/checks/: what a checker is told."""

import base64
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from identity.numbers import mask_number
from tests.identity.factories import DeviceFactory, DigitalIDFactory, portrait
from tests.identity.tokens import make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def post(token: str, **headers: str):
        return client.post(
            reverse("identity_api:check"), {"token": token}, "application/json", headers=headers
        )

    return post


def test_a_valid_code_shows_what_stands_on_the_cards_face(ask, device, key):
    digital_id = device.digital_id
    answer = ask(make_token(device, key), accept_language="en")
    assert answer.status_code == 200
    assert answer.json() == {
        "verdict": "valid",
        "sentence": "This digital ID is valid.",
        "purpose": "all",
        "shown": {
            "photo": f"data:image/jpeg;base64,{base64.b64encode(portrait()).decode()}",
            "name_th": "นางสาว มาลี ใจดี",
            "name_en": "Miss Malee Jaidee",
            "number": mask_number(digital_id.holder.number),
            "birth_date": "1981-02-12",
            "assurance": "IAL2.2",
            "expires_on": digital_id.expires_on.isoformat(),
        },
    }


@pytest.mark.parametrize(
    ("purpose", "agreed"),
    [
        ("photo", {"name_th": "นางสาว มาลี ใจดี", "name_en": "Miss Malee Jaidee"}),
        ("age", {"ages": {"18": True, "20": True, "60": False}}),
    ],
)
def test_a_code_shows_the_photo_and_what_was_agreed_and_no_more(ask, device, key, purpose, agreed):
    answer = ask(make_token(device, key, purpose=purpose)).json()
    assert answer["purpose"] == purpose
    assert answer["shown"].pop("photo").startswith("data:image/jpeg;base64,")
    assert answer["shown"] == agreed


@pytest.mark.parametrize("purpose", ["", "everything", None, [], {}])
def test_a_code_without_a_known_purpose_shows_nobody(ask, device, key, purpose):
    answer = ask(make_token(device, key, purpose=purpose)).json()
    assert (answer["verdict"], answer["shown"]) == ("not_ours", None)


def test_a_single_name_leaves_no_gap(ask, key):
    digital_id = DigitalIDFactory()
    digital_id.holder = replace(digital_id.holder, last_name_th="", title_en="")
    digital_id.save()
    shown = ask(make_token(DeviceFactory(key=key, digital_id=digital_id), key)).json()["shown"]
    assert (shown["name_th"], shown["name_en"]) == ("นางสาว มาลี", "Malee Jaidee")


def test_a_code_that_is_not_good_shows_nobody(ask, device, key):
    token = make_token(device, key)
    ask(token)
    answers = [ask(token).json(), ask("a.b.c").json()]
    assert [(a["verdict"], a["shown"]) for a in answers] == [("replayed", None), ("not_ours", None)]


@pytest.mark.parametrize("token", ["", "x" * 2001, "with\x00nought"])
def test_what_cannot_be_a_token_is_a_bad_request(ask, token):
    assert ask(token).status_code == 400


def test_the_answer_is_never_kept(ask):
    assert "no-store" in ask("a.b.c").headers["Cache-Control"]


def test_without_redis_a_code_is_still_good_once(device, key, settings):
    nobody_there = {"LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": settings.CACHES["default"] | nobody_there}
    token = make_token(device, key)
    answers = [
        Client().post(reverse("identity_api:check"), {"token": token}, "application/json").json()
        for _ in range(2)
    ]
    assert [answer["verdict"] for answer in answers] == ["valid", "replayed"]
