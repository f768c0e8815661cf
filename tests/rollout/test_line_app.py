"""The line as the app meets it, and the address that everybody asks who waits."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from registration.models import Enrollment
from rollout.line import snapshot
from tests.rollout.lines import stands_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("line")]


def test_the_app_gets_a_ticket_and_brings_it_back():
    app = APIClient()
    answer = app.post("/api/v1/enrollments/", {"language": "th"})
    given = answer.json()
    assert (answer.status_code, set(given)) == (202, {"ticket", "number", "again"})
    assert answer.headers["Retry-After"] == str(given["again"])
    stands = app.get(f"/api/v1/line/{given['number']}/").json()
    assert (stands["state"], stands["before"]) == ("waiting", 0)
    stands_at(0)
    assert app.get(f"/api/v1/line/{given['number']}/").json()["state"] == "called"
    again = {"ticket": given["ticket"]}
    assert app.post("/api/v1/enrollments/", again).status_code == 201
    assert app.post("/api/v1/enrollments/", again).status_code == 202
    assert Enrollment.objects.count() == 1


def test_the_app_is_counted_by_network_together_with_its_renewals(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"start": (3, 3600)}
    app = APIClient()
    given = [app.post("/api/v1/enrollments/", {}).status_code for _ in range(2)]
    renewals = [app.post("/api/v1/enrollments/", {"renewal": True}).status_code for _ in range(2)]
    assert (given, renewals) == ([202, 202], [201, 429])


def test_asking_for_a_place_costs_no_query(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(snapshot, "FRESH_FOR", 600.0)  # on a slow machine two seconds are over
    client, number = Client(), 5
    client.get(f"/api/v1/line/{number}/")
    with django_assert_num_queries(0):
        answer = client.get(f"/api/v1/line/{number}/")
    assert (answer.headers["Cache-Control"], answer.cookies) == ("no-store", {})
    assert client.get(f"/api/v1/line/{10**15}/").json()["state"] == "waiting"
