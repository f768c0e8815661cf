"""The file that tells whom to write to about a weakness, read as RFC 9116 has it."""

import datetime

import pytest
from django.urls import reverse

from core.security_contact import contact_is_set

ADDRESS = "/.well-known/security.txt"


def in_days(days: int) -> str:
    return (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days)).isoformat()


@pytest.fixture
def named(settings):
    settings.SECURITY_CONTACTS = ["mailto:cert@portal.example", "https://portal.example/report"]
    settings.SECURITY_EXPIRES = in_days(90)
    settings.SECURITY_LANGUAGES = ["th", "en"]
    settings.PORTAL_ADDRESS = "https://portal.example"
    return settings


def test_the_file_has_what_the_standard_requires(client, named):
    answer = client.get(ADDRESS)
    assert reverse("security_txt") == ADDRESS
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = [tuple(line.split(": ", 1)) for line in answer.content.decode().splitlines()]
    assert fields == [
        ("Contact", "mailto:cert@portal.example"),
        ("Contact", "https://portal.example/report"),
        ("Expires", f"{in_days(90)}T00:00:00Z"),
        ("Preferred-Languages", "th, en"),
        ("Canonical", "https://portal.example/.well-known/security.txt"),
    ]
    expires = datetime.datetime.fromisoformat(dict(fields)["Expires"])
    assert expires > datetime.datetime.now(datetime.UTC)
    assert contact_is_set(None) == []


@pytest.mark.parametrize("day", ["", "soon", "2026-2-30", in_days(-1), in_days(0), in_days(400)])
def test_a_promise_that_is_over_or_endless_stops_the_deployment_and_the_file(client, named, day):
    named.SECURITY_EXPIRES = day
    assert [problem.msg for problem in contact_is_set(None)] == [
        "SECURITY_EXPIRES has to be a day to come within a year, as 2027-06-30"
    ]
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("contacts", [[], ["cert@portal.example"], ["http://portal.example"]])
def test_nobody_to_write_to_stops_the_deployment_and_the_file(client, named, contacts):
    named.SECURITY_CONTACTS = contacts
    assert [problem.msg for problem in contact_is_set(None)] == [
        "SECURITY_CONTACTS has to name addresses: mailto:, https:// or tel:"
    ]
    assert client.get(ADDRESS).status_code == 404
