"""Judging past attempts again under other thresholds."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registration.models import Finding
from tests.identity.factories import DigitalIDFactory
from tests.registration.renewals import age, kept
from tests.walks import Walk, people, selfie

pytestmark = pytest.mark.django_db


def redecided(*changed: str) -> list[str]:
    out = StringIO()
    call_command("redecide", *changed, stdout=out)
    return out.getvalue().splitlines()


def test_thresholds_as_they_are_change_nothing():
    Walk(0).to_answer(of=1)
    assert redecided("face_match=0.47") == ["1 attempts in 30 days; 0 would change."]


def test_a_threshold_nobody_reaches_sends_a_pass_to_review():
    Walk().to_answer()
    assert redecided("face_match=0.999") == [
        "1 attempts in 30 days; 1 would change.",
        "       1  pass -> review face_match",
    ]


def test_a_dry_run_writes_nothing():
    walk = Walk().to_answer()
    before = list(Finding.objects.values_list())
    redecided("face_match=0.999", "liveness=0.999", "card_is_screen=0.0", "duplicate_face=0.9")
    assert list(Finding.objects.values_list()) == before
    assert walk.refresh()["state"] == "verified"


@pytest.mark.parametrize("changed", ["face_match", "face_match=high", "face_macht=0.5"])
def test_what_is_no_threshold_is_refused(changed):
    with pytest.raises(CommandError):
        redecided(changed)


def test_a_renewal_is_judged_again_with_its_former_holder():
    age(DigitalIDFactory(number=people()[0].number, portrait=kept(selfie(0))))
    Walk(renewal=True).to_answer()
    assert redecided("face_match=0.47") == ["1 attempts in 30 days; 0 would change."]
    assert redecided("face_match=0.9999")[0] == "1 attempts in 30 days; 1 would change."


def test_a_check_on_trial_decides_where_its_own_threshold_is_asked_about(settings):
    settings.SHADOWED_CHECKS = {"solid"}
    strict = {"solid": 0.8, "solid_sure": 0.9}
    settings.MACHINE_THRESHOLDS = settings.MACHINE_THRESHOLDS | strict
    assert Walk().to_answer().refresh()["state"] == "verified"
    assert redecided("liveness=0.8") == ["1 attempts in 30 days; 0 would change."]
    assert redecided("face_match=0.999")[1] == "       1  pass -> review face_match"
    assert redecided("solid=0.8")[1] == "       1  pass -> review solid"
