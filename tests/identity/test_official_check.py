"""An officer checks, says what for, and the holder reads it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from identity.access import accesses, entries_of
from tests.factories import OfficerFactory
from tests.identity.tokens import make_token
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "identity:official_answer"


@pytest.fixture
def officer():
    return OfficerFactory()


def ask(client: Client, token: str, *, occasion: str = "service"):
    said = json.dumps({"token": token, "occasion": occasion})
    return client.post(reverse(ADDRESS), said, content_type="application/json")


def test_the_holder_reads_which_office_checked_and_what_for(client, officer, device, key):
    sign_in(client, officer)
    answer = ask(client, make_token(device, key))
    assert (answer.status_code, answer.json()["verdict"]) == (200, "valid")
    entry = Entry.objects.get(action="digital_id.checked")
    assert (entry.actor_kind, entry.actor_id, entry.office, entry.details["occasion"]) == (
        "officer", str(officer.pk), officer.office_id, "service",
    )  # fmt: skip
    (access,) = accesses(device.digital_id, list(entries_of(device.digital_id)))
    assert access.who == f"An officer of {officer.office.name}"
    assert access.what.endswith("You asked for a service or handed in a request.")


@pytest.mark.parametrize("occasion", ["", "curiosity"])
def test_without_an_occasion_nothing_is_checked(client, officer, device, key, occasion):
    sign_in(client, officer)
    assert ask(client, make_token(device, key), occasion=occasion).status_code == 400
    assert Entry.objects.filter(action="digital_id.checked").count() == 0


def test_whoever_is_not_an_officer_leaves_no_recorded_check(client, device, key):
    assert ask(client, make_token(device, key)).status_code in {302, 403}
    assert Entry.objects.filter(action="digital_id.checked").count() == 0


def test_another_sites_page_cannot_check_in_the_officers_name(officer, device, key):
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, officer)
    assert ask(browser, make_token(device, key)).status_code == 403


@pytest.mark.parametrize("name", ["identity:check", "identity:official_check"])
def test_the_page_quotes_the_law(client, officer, name):
    sign_in(client, officer)
    page = client.get(reverse(name)).content.decode()
    assert "may not refuse" in page
    assert ("What is the check for?" in page) == (name == "identity:official_check")
