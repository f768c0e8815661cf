"""Twenty processes register while two administrators go back and forth between phases: everywhere
the same number, and in the midst of it none that those under way do not explain.
"""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Receipt
from audit.tasks import publish_tree_head
from core.worker_heartbeats import record_heartbeat
from offices.models import Officer, Proposal
from offices.services import load_offices
from rollout.models import Phase
from rollout.services import change_phase, current_phase
from tests.levers import administrators_client, agreed_by_another, asked_for, prove_factor
from tests.population.files import people, write
from tests.population.runs import bring_in
from tests.rollout.registering import crowd
from tests.rollout.test_capacity import ACTOR
from tests.rollout.test_one_number import everywhere

OPEN = reverse("admin:rollout_phase_open", args=["national"])
PEOPLE, ROOM = 20, 5  # places of the pilot, so that it fills in a turn or two
ENDS = {"registered", "withdrawn", "capacity_full"}
LEAST, MOST = 4, 60  # turns: a fast machine makes them before the pilot is full
# Places, and what can have changed them so far, as one moment has it.
MOMENT = """
SELECT (SELECT count(*) FROM rollout_place p JOIN rollout_shard s ON s.id = p.shard_id
        WHERE s.phase_id = %(phase)s),
       (SELECT count(*) FROM audit_entry WHERE action = 'enrollment.accept_terms'),
       (SELECT count(*) FROM audit_entry WHERE action = 'enrollment.withdraw')
"""


class Moment(NamedTuple):
    places: int
    came: int
    left: int


def moment(phase: Phase) -> Moment:
    with connection.cursor() as cursor:
        cursor.execute(MOMENT, {"phase": phase.pk})
        return Moment(*cursor.fetchone())


def explained(shown: list[int], before: Moment, after: Moment) -> bool:
    """Whether each number can have held at some moment between the two."""
    least = before.places - (after.left - before.left)
    most = before.places + (after.came - before.came)
    return all(least <= one <= most for one in shown)


@pytest.fixture
def ready(transactional_db, tmp_path, settings) -> Phase:
    """Whatever the checklist asks for holds; the pilot is open for the same ways, and small."""
    settings.IMPORT_FOLDER = tmp_path
    settings.AUDIT_WITNESSES = [f"file:{tmp_path}/heads.ndjson"]
    load_offices()
    bring_in(write(Path(tmp_path) / "register.csv", people(5)))
    for _ in range(50):
        publish_tree_head()
        if Receipt.objects.exists():
            break
        time.sleep(0.1)
    pilot = Phase.objects.get(code="pilot")
    pilot.opens_self, pilot.capacity = True, ROOM
    change_phase(pilot, actor=ACTOR)
    return pilot


def pull(client: Client, **given: str) -> str:
    """Two people move the lever as their browsers do; the phase then in force."""
    record_heartbeat(["default", "imports", "verification"])
    publish_tree_head()  # on a busy machine the turns outlast what a witness has seen
    prove_factor(client, Officer.objects.get(pk=client.session["_auth_user_id"]))
    client.post(OPEN, given)
    answer = agreed_by_another(asked_for(client))
    assert answer.status_code == 302, answer.context["form"].errors
    return current_phase().pk


def turns(told: Counter[str]) -> Iterator[int]:
    """Back and forth, until all that can come of a registration has come."""
    for turn in range(MOST):
        if turn >= LEAST and turn % 2 == 0 and set(told) >= ENDS:
            return
        yield turn


def test_the_number_is_the_same_everywhere_while_twenty_register(ready, settings):
    client, forth_and_back, seen = administrators_client(), [{"back": "yes"}, {}], []
    with crowd(PEOPLE) as registering:
        for turn in turns(registering.told):
            with registering.registering():
                phase = pull(client, **forth_and_back[turn % 2])
                before = moment(current_phase())
                shown = everywhere(client, settings)
                after = moment(current_phase())
                assert explained(shown, before, after), (shown, before, after)
                assert max(shown) <= current_phase().capacity
            quiet = everywhere(client, settings)
            assert quiet == [moment(current_phase()).places] * len(shown) != []
            seen.append(phase)
    told = registering.told
    assert seen == ["pilot", "national"] * (len(seen) // 2)
    assert set(told) == ENDS
    both = sum(moment(phase).places for phase in Phase.objects.all())
    assert both == told["registered"] - told["withdrawn"] > 0
    assert not Proposal.objects.filter(answer="").exists()


def test_a_number_that_nobody_under_way_explains_is_seen():
    before, after = Moment(10, 100, 20), Moment(12, 103, 21)
    judged = {one: explained([one], before, after) for one in (8, 9, 13, 14)}
    assert judged == {8: False, 9: True, 13: True, 14: False}
