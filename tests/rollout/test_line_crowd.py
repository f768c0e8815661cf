"""Two thousand people in a minute, and half of the workers lost: the simulation of make bench, in
small.
"""

from statistics import median

import pytest
from django.utils import timezone

from devstack.bench.crowd import Crowd, Plan, told_and_true
from rollout.models import Stretch, UsedTicket
from tests.rollout.lines import drawn_before

PLAN = Plan(2000, within=60, jobs=500, broken_from=4, broken_until=9)


@pytest.mark.django_db
@pytest.mark.parametrize("before", [0, 40_000])
def test_order_is_kept_none_is_let_in_twice_and_none_is_lost(line, settings, before):
    """Whatever numbers a line of another day has drawn."""
    settings.JOBS_A_SECOND = 2.0
    drawn_before(before)
    Stretch.objects.all().delete()
    crowd = Crowd(PLAN, timezone.now())
    crowd.run(at_most=4 * 3600)
    people = crowd.people
    waited = [one for one in people if one.number]
    began = [one for one in people if one.began is not None]
    assert len(waited) > 1500
    in_order = [one.called for one in sorted(waited, key=lambda one: one.number)]
    assert in_order == sorted(in_order)
    assert None not in in_order
    assert UsedTicket.objects.count() == len(began) + crowd.begun_by_copies
    assert crowd.refused_copies + crowd.begun_by_copies > 10
    wanted = len(people) * (1 - PLAN.leave)
    assert len(began) == pytest.approx(wanted, rel=0.1)
    errors = [abs((least + most) / 2 - true) / true for least, most, true in told_and_true(people)]
    assert median(errors) < 0.5
    assert crowd.workers.longest < 300
