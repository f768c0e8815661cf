"""What was added by mistake is put out of use by its way back."""

from datetime import date

import pytest

from offices.levers import LEVERS, LeverRefused
from offices.models import Proposal
from offices.way_back import way_back
from registration.models import DecisionReason
from rollout.models import Phase

pytestmark = pytest.mark.django_db


def added(lever: str, code: str, answer: str = "agreed") -> Proposal:
    return Proposal(lever=lever, subject="", answer=answer, new={"code": code})


def test_a_phase_is_closed_once():
    phase = Phase.objects.create(code="isan", name="Isan", capacity=5, starts_on=date(2031, 1, 1))
    assert way_back(added("phase", "isan")) == ("isan", {"closed": True})
    assert way_back(added("phase", "isan", answer="declined")) == ("isan", {})
    Phase.objects.filter(pk=phase.pk).update(closed=True)
    assert way_back(added("phase", "isan")) == ("isan", {})


def test_a_reason_for_decisions_is_put_out_of_use():
    reason = DecisionReason.objects.filter(active=True).first()
    assert way_back(added("reason", reason.pk)) == (reason.pk, {"active": False})


def test_an_office_stays():
    assert way_back(added("office", "1206")) == ("1206", {})


def test_a_province_that_was_mistyped_earlier_keeps_nobody_from_closing_the_phase():
    Phase.objects.filter(pk="national").update(provinces=["12", "99"])
    lever = LEVERS["phase"]
    assert lever.check("national", {"closed": True}) is None
    with pytest.raises(LeverRefused, match="99"):
        lever.check("national", {"provinces": ["12", "99"]})
