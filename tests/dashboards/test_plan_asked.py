"""A wave that is tried on the plan becomes one when a second administrator agrees to it."""

import pytest
from django.urls import reverse

from rollout.models import Phase
from tests.dashboards.test_plan import coming_month, figures
from tests.dashboards.test_plan_wave import ASK, country
from tests.levers import administrators_client, agreed_by_another, asked_for
from tests.rollout.test_capacity import change
from tests.rollout.test_cut_over import make_ready, witness

# The log is witnessed once it is committed.
pytestmark = pytest.mark.usefixtures("transactional_db")
__all__ = ["country", "figures", "witness"]


def test_a_phase_to_come_is_changed_by_two_administrators_alone(country, tmp_path, witness):
    make_ready(tmp_path)
    change(Phase.objects.get(code="two"))  # by which it has places
    client, month = administrators_client(), coming_month()
    answer = client.post(f"{ASK}?province=41&month={month}", {"phase": "two"})
    assert answer.url == reverse("levers:ask")
    proposal = asked_for(client)
    assert proposal.new == {"starts_on": month, "provinces": ["12", "40", "41"]}
    assert Phase.objects.get(code="two").provinces == ["12", "40"]
    agreed_by_another(proposal)
    changed = Phase.objects.get(code="two")
    assert (str(changed.starts_on), changed.provinces) == (month, ["12", "40", "41"])
