"""A file of the pilot in several batches, with transactions that are real."""

import pytest

from identity.models import DigitalID
from pilot import services
from pilot.models import PilotImportState, PilotMember
from tests.pilot.files import known_people, of_the_pilot, take_over

pytestmark = pytest.mark.usefixtures("offices")


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)


def test_batches_looked_up_beside_each_other_miss_nobody(tmp_path):
    lines = [of_the_pilot(row) for row in known_people(7)]
    lines[4] |= {"first_name_th": "สมหญิง"}
    done = take_over(tmp_path, lines)
    assert (done.matched, done.differing, done.already_there) == (6, 1, 0)
    assert (PilotMember.objects.count(), DigitalID.objects.count()) == (7, 6)
    again = take_over(tmp_path, lines)
    assert (again.matched, again.already_there) == (0, 7)


def test_a_limit_passed_in_a_later_batch_leaves_nothing_of_the_earlier(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "MOST_PEOPLE", 4)
    done = take_over(tmp_path, [of_the_pilot(row) for row in known_people(7)])
    assert (done.state, done.matched) == (PilotImportState.FAILED, 0)
    assert (PilotMember.objects.count(), DigitalID.objects.count()) == (0, 0)
