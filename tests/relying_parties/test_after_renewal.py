"""A service knows the holder again after a renewal, and is told nothing until the holder agrees."""

import pytest

from audit.services import Actor
from identity.life import LifeReason, change_status
from tests.identity.factories import DeviceFactory, DigitalIDFactory
from tests.relying_parties.conftest import HOST, unlock
from tests.relying_parties.flow import request_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewed(device):
    """A device of the digital ID that replaces this one's; the old one ends."""
    citizen = Actor.citizen(device.digital_id.enrollment_id)
    change_status(device.digital_id, "revoke", actor=citizen, reason=LifeReason.RENEWED)
    return DeviceFactory(digital_id=DigitalIDFactory(number_key=device.number_key))


def subject(session) -> str:
    return session.get(f"{HOST}/connect/userinfo/").json()["sub"]


def test_the_subject_is_the_same_after_a_renewal(citizen, service, request):
    _token, before = signed_in(citizen, service)
    known_as = subject(before)
    unlock(citizen, request.getfixturevalue("renewed"))
    _token, after = signed_in(citizen, service)
    assert subject(after) == known_as


def test_what_was_agreed_before_opens_nothing_more_and_is_asked_anew(citizen, service, request):
    _token, before = signed_in(citizen, service)
    unlock(citizen, request.getfixturevalue("renewed"))
    assert before.get(f"{HOST}/connect/userinfo/").status_code == 401
    assert citizen.get(request_of(service)).status_code == 200
