"""The app's way to an appointment."""

import secrets
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from appointments.models import Appointment, Slot
from registration.models import Enrollment
from registration.services.enrolling import hashed
from registration.states import State
from tests.appointments.hours import in_days
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
MINE = reverse("appointments_api:appointment")
OFFICES = reverse("appointments_api:offices")


@pytest.fixture
def enrollment() -> Enrollment:
    return EnrollmentFactory(state=State.RETAKE, number_key=uuid.uuid4())


@pytest.fixture
def app(enrollment) -> Client:
    token = secrets.token_urlsafe(32)
    enrollment.token_hash = hashed(token)
    enrollment.save(update_fields=["token_hash"])
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def send(client: Client, method: str, office, time) -> object:
    body = {"office": office.pk, "starts_at": time.isoformat()}
    return getattr(client, method)(MINE, body, content_type="application/json")


def test_offices_and_times_are_for_everybody(opened, client):
    (one,) = client.get(OFFICES, {"q": "office 12"}).json()
    assert one["code"] == opened.pk
    assert one["next_free"] is not None
    address = reverse("appointments_api:times", args=[opened.pk])
    times = client.get(address).json()["times"]
    assert in_days(3).isoformat() in times
    assert client.get(reverse("appointments_api:times", args=["9999"])).status_code == 404


def test_booked_moved_and_cancelled(app, opened):
    assert app.get(MINE).status_code == 404
    booked = send(app, "post", opened, in_days(3))
    assert (booked.status_code, len(booked.json()["code"])) == (201, 6)
    again = send(app, "post", opened, in_days(4))
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "appointment_exists")
    moved = send(app, "put", opened, in_days(4)).json()
    assert moved["starts_at"] == in_days(4).isoformat()
    assert app.get(MINE).json() == moved
    assert app.delete(MINE).json()["state"] == "cancelled"
    assert app.delete(MINE).status_code == 404
    assert Slot.objects.exclude(appointment=None).count() == 0


def test_who_came_back_by_reference_and_number_is_refused(app, opened, enrollment):
    enrollment.token_limited = True
    enrollment.save(update_fields=["token_limited"])
    for method in ("post", "put"):
        assert send(app, method, opened, in_days(3)).status_code == 403
    assert [app.get(MINE).status_code, app.delete(MINE).status_code] == [403, 403]
    assert Appointment.objects.count() == 0


def test_what_is_no_time_or_office_is_a_problem(app, opened):
    for body in ({}, {"office": "9999", "starts_at": in_days(3).isoformat()}, {"office": "x"}):
        answer = app.post(MINE, body, content_type="application/json")
        assert answer.status_code in {400, 404}
    far = app.post(
        MINE,
        {"office": opened.pk, "starts_at": "9999-12-31T23:59:59-23:00"},
        content_type="application/json",
    )
    assert far.status_code in {400, 409}
