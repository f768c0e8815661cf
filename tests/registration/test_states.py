"""Every move from every state: allowed ones land and leave one entry, others leave nothing."""

import pytest

from audit.models import Entry
from audit.services import Actor
from registration.errors import MoveNotAllowed
from registration.models import Enrollment
from registration.services.moves import move
from registration.states import CLOSED, MOVES, State

pytestmark = pytest.mark.django_db
EVERY_PAIR = [(state, name) for state in State for name in MOVES]


@pytest.mark.parametrize(("state", "name"), EVERY_PAIR)
def test_a_move_lands_on_its_target_or_leaves_no_trace(state, name):
    enrollment = Enrollment.objects.create(state=state)
    if state in MOVES[name].sources:
        assert move(enrollment, name, actor=Actor.system("test")).state == MOVES[name].target
        assert list(Entry.objects.values_list("action", flat=True)) == [f"enrollment.{name}"]
    else:
        with pytest.raises(MoveNotAllowed):
            move(enrollment, name, actor=Actor.system("test"))
        assert not Entry.objects.exists()
    stored = Enrollment.objects.get(pk=enrollment.pk)
    assert stored.state == (MOVES[name].target if state in MOVES[name].sources else state)


def test_only_officers_lead_out_of_a_closed_state():
    out = {name: MOVES[name].sources & CLOSED for name in MOVES if MOVES[name].sources & CLOSED}
    assert out == {
        "take_back": {State.REJECTED},
        "appeal": {State.REJECTED},
        "reopen": {State.REJECTED},
        "reissue": {State.ACTIVATED},
    }


def test_every_state_but_the_first_is_reached_by_a_move():
    assert {made.target for made in MOVES.values()} == set(State) - {State.STARTED}
