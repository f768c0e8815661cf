"""An issued digital ID in an officer's hands: suspended, in force again, revoked, issued anew."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from identity.models import DigitalID
from offices.models import Officer
from registration.models import Enrollment, SecondPersonRequest
from registration.states import State
from tests.factories import OfficerFactory
from tests.walks import OFFICE, PASSWORD, Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Enrollment:
    """A citizen of Pak Kret with a digital ID."""
    walk = Walk().to_consent()
    walk.consent(PASSWORD)
    return walk.enrollment


@pytest.fixture
def staff_of(case, signed_in):
    def sign(**role) -> Client:
        return signed_in(Client(), OfficerFactory(office=case.office, **role))

    return sign


def change(staff: Client, case: Enrollment, step: str, reason: str = "device_lost"):
    address = reverse("review:digital_id_status", args=[case.pk])
    return staff.post(address, {"step": step, "reason": reason}).status_code


def status() -> str:
    return DigitalID.objects.latest("issued_at").status


def test_an_officer_suspends_and_a_supervisor_puts_it_in_force_again(case, staff_of):
    assert case.office_id == OFFICE
    assert (change(staff_of(), case, "suspend"), status()) == (302, "suspended")
    assert (change(staff_of(role="supervisor"), case, "resume", "cleared"), status()) == (
        302,
        "active",
    )
    entry = Entry.objects.get(action="digital_id.suspended")
    assert (entry.reason, entry.actor_kind) == ("device_lost", "officer")


@pytest.mark.parametrize("step", ["resume", "revoke", "reissue"])
def test_the_rest_is_not_an_officers(case, staff_of, step):
    assert (change(staff_of(), case, step), status()) == (403, "active")


def test_what_was_revoked_never_comes_back(case, staff_of):
    supervisor = staff_of(role="supervisor")
    change(supervisor, case, "revoke", "misused")
    change(supervisor, case, "resume", "cleared")
    assert status() == "revoked"


def test_issuing_anew_takes_a_second_person_of_another_role(case, staff_of):
    change(staff_of(role="supervisor"), case, "reissue", "data_wrong")
    asked = SecondPersonRequest.objects.get()
    answer = reverse("review:second_person", args=[case.pk, asked.pk])
    staff_of(role="supervisor").post(answer, {"answer": "agree"})
    assert (Enrollment.objects.get().state, status()) == (State.ACTIVATED, "active")
    staff_of().post(answer, {"answer": "agree"})
    case.refresh_from_db()
    assert (case.state, status(), case.device_key) == (State.VERIFIED, "revoked", None)
    entry = Entry.objects.get(action="enrollment.reissue")
    asked.refresh_from_db()
    assert (entry.actor_id, entry.details["second"]) == (
        str(asked.asked_by_id),
        str(asked.answered_by_id),
    )


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": "officer"}])
def test_nobody_agrees_with_somebody_who_may_not_ask_any_more(case, staff_of, gone):
    change(staff_of(role="supervisor"), case, "reissue", "data_wrong")
    asked = SecondPersonRequest.objects.get()
    Officer.objects.filter(pk=asked.asked_by_id).update(**gone)
    answer = reverse("review:second_person", args=[case.pk, asked.pk])
    second = staff_of()
    second.post(answer, {"answer": "agree"})
    assert (Enrollment.objects.get().state, status()) == (State.ACTIVATED, "active")
    second.post(answer, {"answer": "decline"})
    asked.refresh_from_db()
    assert asked.answer == "declined"


def test_declined_nothing_changes(case, staff_of):
    change(staff_of(role="supervisor"), case, "reissue", "data_wrong")
    asked = SecondPersonRequest.objects.get()
    answer = reverse("review:second_person", args=[case.pk, asked.pk])
    staff_of().post(answer, {"answer": "decline"})
    staff_of().post(answer, {"answer": "agree"})
    assert (Enrollment.objects.get().state, status()) == (State.ACTIVATED, "active")


def test_without_a_reason_nothing_changes(case, staff_of):
    change(staff_of(), case, "suspend", "")
    assert status() == "active"
