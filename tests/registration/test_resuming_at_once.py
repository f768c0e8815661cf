"""Two selfies that are handed in for one digital ID at the same moment are one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from audit.models import Entry
from registration.errors import Refused
from registration.models import Evidence, ResumeCheck
from registration.services import resuming
from tests.registration.suspended import LIVE, follow_turns, fresh, suspended
from tests.walks import burst, selfie

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_one_of_two_at_once_is_taken():
    digital_id = suspended(plain=True)
    challenge, frames = follow_turns(digital_id, lambda step: burst(0, step, taking=1))
    together = Barrier(2)

    def hand_in(_which: int) -> str:
        mine = fresh(digital_id)
        together.wait()
        try:
            resuming.hand_in_resume(
                mine,
                selfie=selfie(0, taking=1),
                frames=frames,
                frame_times=[150 * place for place in range(len(frames))],
                challenge_id=challenge,
                capture=LIVE,
            )
        except Refused as refusal:
            return refusal.code
        else:
            return "taken"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(hand_in, range(2)))
    assert answers == ["being_checked", "taken"]
    assert ResumeCheck.objects.count() == 1
    assert Evidence.objects.filter(kind__startswith="resume").count() == 2
    assert Entry.objects.filter(action="digital_id.resume_asked").count() == 1
