"""Enrollments made to move by the one writer of state, without pictures or jobs."""

from collections.abc import Callable

import pytest

from audit.services import Actor
from registration.models import Enrollment
from registration.services.enrolling import start_enrollment
from registration.services.moves import move
from tests.factories import OfficeFactory

WAY = ("accept_terms", "capture_card", "confirm_data", "submit_selfie", "pass_checks")
END = ("set_password", "activate")
REVIEWED = (*WAY[:-1], "send_to_review", "take", "approve")
SYSTEM = Actor.system("test")


def went(
    *moves: str, office: str = "1206", device: str = "iphone-safari", renewal: bool = False
) -> Enrollment:
    """An enrollment that made these moves."""
    enrollment, _token = start_enrollment(device=device, renewal=renewal)
    for name in moves:
        changes = {"office": OfficeFactory(code=office)} if name == "confirm_data" else {}
        why = {"why": "not_live"} if name == "ask_retake" else {}
        enrollment = move(enrollment, name, actor=SYSTEM, changes=changes, **why)
    return enrollment


@pytest.fixture
def walk() -> Callable[..., Enrollment]:
    return went
