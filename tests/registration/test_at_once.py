"""One face under two numbers, handed in at the same moment to two workers."""

import pytest

from core.outbox.models import Job
from core.outbox.services import enqueue
from registration.models import Enrollment
from registration.services.capture import VERIFY
from registration.states import State
from tests.registration.at_once import do_at_once, two_workers
from tests.walks import Walk, card_of, people, run_jobs
from verification.models import FaceTemplate, SeenPicture

pytestmark = pytest.mark.usefixtures("own_database")
PAIRS = 50
SETTLED = sorted([State.VERIFIED, State.WAITING_REVIEW])


def handed_in(which: int, *, taking: int | None = None) -> Enrollment:
    """Person number `which`, whose card shows the face of person 0, with a selfie of that face."""
    walk = Walk(which)
    walk.photograph_card(*card_of(people()[which], like=0))
    run_jobs()
    walk.refresh()
    walk.confirm(walk.person)
    walk.send_selfie(0, taking=taking)
    return walk.enrollment


def hand_in_again(cases: list[Enrollment]) -> list[int]:
    """As if neither had been looked at yet; the ids of their jobs."""
    FaceTemplate.objects.all().delete()
    SeenPicture.objects.all().delete()
    Job.objects.all().delete()
    for case in cases:
        case.findings.all().delete()
    Enrollment.objects.update(state=State.CHECKING)
    return [enqueue(VERIFY, case.pk).pk for case in cases]


def states() -> list[str]:
    return sorted(Enrollment.objects.values_list("state", flat=True))


def outcomes(check: str) -> list[str]:
    found = Enrollment.objects.filter(findings__check_name=check)
    return sorted(found.values_list("findings__outcome", flat=True))


def test_of_one_face_under_two_numbers_at_once_one_goes_to_an_officer():
    cases = [handed_in(0), handed_in(1)]
    seen = []
    with two_workers() as workers:
        for _ in range(PAIRS):
            do_at_once(workers, hand_in_again(cases))
            seen.append(states())
    assert seen == [SETTLED] * PAIRS
    assert outcomes("duplicate") == ["failed", "passed"]


def test_of_the_same_pictures_at_once_one_submission_was_seen_before():
    cases = [handed_in(0, taking=3), handed_in(1, taking=3)]
    with two_workers() as workers:
        for _ in range(3):
            do_at_once(workers, hand_in_again(cases))
            assert outcomes("fresh_pictures") == ["failed", "passed"]
