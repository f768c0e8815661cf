"""What is said to whoever tried too often."""

import pytest

from core.rate_limit import seconds_left
from tests.factories import OfficerFactory
from tests.registration.conftest import signed_in
from tests.test_access import sign_in

__all__ = ["signed_in"]


@pytest.mark.django_db
def test_too_many_tries_say_how_long_to_wait(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"resume": (0, 3600)}
    answer = client.post("/resume/", headers={"Accept-Language": "en"})
    wait = int(answer.headers["Retry-After"])
    assert [answer.status_code, 0 < wait <= 3601] == [429, True]
    assert answer.context["retry_minutes"] == -(-wait // 60)
    assert f"{answer.context['retry_minutes']} minute" in answer.text
    assert "a lost phone is reported at 1548" in answer.text  # where a neighbour used the limit up


def test_no_wait_is_longer_than_its_window(settings):
    left = {scope: seconds_left(scope) for scope in settings.RATE_LIMITS}
    windows = {scope: seconds + 1 for scope, (_, seconds) in settings.RATE_LIMITS.items()}
    assert all(0 < left[scope] <= windows[scope] for scope in left)


@pytest.mark.django_db
def test_a_refusal_is_in_the_logs_by_its_page_and_who_asked(client, caplog):
    officer = OfficerFactory()
    sign_in(client, officer)
    assert client.get("/staff/people/").status_code == 403
    assert caplog.messages == [f"refused at people:list by {officer.pk}"]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/no/such/page/", 404), ("/staff/people/", 403)])
def test_an_officer_is_told_in_the_officers_frame(client, signed_in, path, status):
    page = signed_in(client, OfficerFactory()).get(path, headers={"Accept-Language": "en"})
    assert page.status_code == status
    assert ["staff-menu" in page.text, "/staff/queue/" in page.text] == [True, True]
    assert "go on with your registration" not in page.text


@pytest.mark.django_db
def test_an_officer_who_was_too_quick_is_told_there_too(client, signed_in, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"resume": (0, 3600)}
    page = signed_in(client, OfficerFactory()).post("/resume/", headers={"Accept-Language": "en"})
    assert page.status_code == 429
    assert ["staff-menu" in page.text, "That was too often" in page.text] == [True, True]


@pytest.mark.django_db
def test_a_citizen_is_told_as_a_citizen(client):
    page = client.get("/no/such/page/", headers={"Accept-Language": "en"})
    assert page.status_code == 404
    assert "go on with your registration from the start page" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/v1/line/-1/", "/api/v1/audit/entries/x/proof/", "/api/x"]
)
def test_an_address_that_the_api_does_not_have_is_refused_as_it_refuses(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["type"] == "urn:dopa:problem:not_found"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/wallet/not-there/", "/connect/presentations/not-there/"])
def test_programs_that_services_write_are_answered_as_programs(client, address):
    answer = client.get(address, headers={"Accept": "*/*"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
