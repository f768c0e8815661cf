"""The holder's page for a service's request, before its script runs."""

import pytest
from django.test import Client

from identity.models import DigitalID
from tests.identity.factories import PASSWORD
from tests.relying_parties.conftest import HOST, unlock
from tests.relying_parties.presenting import ask, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(service) -> str:
    return ask(service, claims="name birthdate")["page"].removeprefix(HOST)


def test_the_holder_sees_each_claim_with_its_value(citizen, service, address):
    page = citizen.get(address)
    rows = {row["name"]: (row["value"], row["needed"]) for row in page.context["rows"]}
    assert rows["name"] == ("นางสาว มาลี ใจดี", True)
    assert (rows["birthdate"][1], page.context["host"]) == (False, None)
    assert service.name_en in page.content.decode()


def test_a_locked_digital_id_is_opened_first(client, device, address):
    unlock(client, device, ago=3600)
    asking = client.get(address)
    assert (asking.context["action"], "มาลี" in asking.content.decode()) == (
        "/id/present/open/", False,
    )  # fmt: skip
    opening = address.replace("/id/present/", "/id/present/open/")
    assert client.post(opening, {"password": "not this"}).status_code == 422
    assert client.post(opening, {"password": PASSWORD}).headers["Location"] == address
    assert client.get(address).context["rows"]


def test_a_suspended_digital_id_says_so_on_its_card(citizen, device, address):
    DigitalID.objects.filter(pk=device.digital_id_id).update(status="suspended")
    assert citizen.get(address).headers["Location"] == "/id/"


def test_a_stranger_learns_nothing_but_the_services_name(address):
    page = Client(SERVER_NAME="localhost").get(address)
    assert (page.status_code, "rows" in page.context) == (200, False)


@pytest.mark.parametrize(
    "other", ["/api/v1/audit/entries/1" + "0" * 40 + "/proof/", "/staff/cases/1/", "//[", "/%00"]
)
def test_an_address_that_is_no_request_opens_nothing(other):
    for way in ("/id/present/", "/id/present/open/"):
        assert Client().get(way, {"request_uri": other}).status_code in {302, 400, 404, 405}
        assert Client().post(f"{way}?request_uri={other}").status_code in {400, 404, 405}


def test_an_answered_request_is_closed(citizen, service):
    asked = ask(service)
    post(f"/connect/presentations/{asked['id']}/answer/", service, error="access_denied")
    page = citizen.get(asked["page"].removeprefix(HOST))
    assert (page.status_code, page.templates[0].name) == (404, "relying_parties/not_open.html")
