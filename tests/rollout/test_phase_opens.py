"""Whatever lets in more than before needs the checklist: when asked for, agreed to, and begun."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import do_duties, overdue_seconds
from core.outbox.models import Job
from offices.levers import LEVERS, LeverRefused
from offices.models import Proposal
from offices.proposing import agree_to_change, ask_for_change
from population.models import OfficeCount
from rollout.beginning import begin_phases
from rollout.models import Phase
from rollout.services import current_phase, in_force
from rollout.waiting import leave_address
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON
from tests.rollout.test_cut_over import make_ready, witness

__all__ = ["witness"]
PEOPLE = 60_000_000


def on(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def national(**values) -> Phase:
    Phase.objects.filter(code="national").update(**values)
    return Phase.objects.get(code="national")


def planned_less(**values) -> None:
    """A phase agreed to that lets in fewer, whose day has come."""
    day = timezone.localdate()
    Phase.objects.create(code="less", name="Less", starts_on=day, waits=True, **values)


def ask(subject: str = "national", **new) -> Proposal:
    lever, by = LEVERS["phase"], OfficerFactory(administrator=True)
    people = lever.effect(subject, new).people
    return ask_for_change(lever, subject, new, by=by, reason=REASON, people=people)


def agree(proposal: Proposal) -> None:
    people = LEVERS["phase"].effect(proposal.subject, proposal.new).people
    agree_to_change(proposal, by=OfficerFactory(administrator=True), people=people)


def refused(subject: str, **new) -> bool:
    try:
        ask(subject, **new)
    except LeverRefused as refusal:
        return "Not everything on the checklist holds" in refusal.message
    return False


@pytest.mark.parametrize(
    ("subject", "new"),
    [
        ("national", {"closed": False}),
        ("national", {"closed": False, "starts_on": on(1)}),
        ("national", {"closed": False, "starts_on": on(30)}),
        ("pilot", {"opens_self": True}),
        ("pilot", {"capacity": 60_000_000, "opens_self": True, "opens_app": True}),
        ("pilot", {"capacity": 100_001}),
        ("pilot", {"provinces": []}),
        ("pilot", {"provinces": ["12", "50"]}),
        ("pilot", {"ends_on": None}),
        ("new", {"code": "new", "name": "New", "capacity": 200_000, "starts_on": on(3)}),
    ],
)
def test_what_opens_more_is_not_even_asked_for_without_the_checklist(db, subject, new):
    national(closed=True)
    Phase.objects.filter(code="pilot").update(provinces=["12"], ends_on=on(5))
    for code in ("1206", "5006"):
        OfficeFactory(code=code)
    assert refused(subject, **new)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "new",
    [
        {"closed": True}, {"starts_on": on(4)}, {"ends_on": on(0)}, {"capacity": 5},
        {"opens_app": False}, {"provinces": ["12"]}, {"name": "The nation"},
    ],
)  # fmt: skip
def test_what_opens_nothing_waits_for_no_checklist(db, new):
    """One that is put off opens nothing that is not open now; on its day the checklist counts."""
    agree(ask(**new))
    assert [name for name in new if str(getattr(national(), name)) != str(new[name])] == []
    assert national().waits == ("starts_on" in new)


def test_a_checklist_that_held_when_it_was_asked_has_to_hold_when_it_is_agreed(
    admin, tmp_path, witness
):
    make_ready(tmp_path)
    national(closed=True)
    proposal = ask(closed=False)
    OfficeCount.objects.all().first().delete()
    with pytest.raises(LeverRefused):
        agree(proposal)
    assert (national().closed, current_phase().code) == (True, "pilot")


@pytest.fixture
def planned(admin, tmp_path, witness) -> Phase:
    """The nation agreed to for tomorrow; then the night comes, and the checklist holds no more."""
    make_ready(tmp_path)
    national(closed=True)
    agree(ask(closed=False, starts_on=on(1)))
    assert (national().waits, current_phase().code) == (True, "pilot")
    OfficeCount.objects.all().first().delete()
    return national(starts_on=timezone.localdate())


def test_on_its_day_a_phase_is_kept_back_until_its_checklist_holds(planned, tmp_path):
    leave_address(channel="sms", address="+66812345678", language="th")
    assert [list(begin_phases()), current_phase().code] == [[], "pilot"]
    assert overdue_seconds()["phases that begin"] > 0
    make_ready(tmp_path)
    assert do_duties(within=timedelta(seconds=5))["phases that begin"] == 1
    assert [current_phase().code, list(begin_phases())] == ["national", []]
    assert overdue_seconds()["phases that begin"] == 0
    entry = Entry.objects.get(action="phase.begun")
    assert (entry.subject_id, entry.actor_kind) == ("national", "system")
    assert Job.objects.filter(kind="rollout.call").exists()


def test_no_edit_of_it_lets_a_phase_that_is_kept_back_begin(planned):
    agree(ask(name="The nation"))
    assert [list(begin_phases()), current_phase().code] == [[], "pilot"]
    assert refused("national", starts_on=on(-1))
    assert refused("national", capacity=PEOPLE + 1)


@pytest.mark.django_db
def test_a_phase_that_shuts_begins_on_its_day_without_the_checklist():
    planned_less(capacity=5)
    assert [current_phase().code, list(begin_phases())] == ["national", [1]]
    assert current_phase().code == "less"


@pytest.mark.django_db
def test_what_narrows_is_compared_with_what_is_in_force_on_the_day_itself():
    """First a phase that only narrows is planned, then the one before it narrows even more."""
    planned_less(capacity=5000)
    national(capacity=5)
    assert [list(begin_phases()), current_phase().code] == [[], "national"]


@pytest.mark.django_db
def test_closed_again_before_its_day_it_does_not_begin():
    planned_less(capacity=5, closed=True)
    assert [list(begin_phases()), current_phase().code] == [[], "national"]


@pytest.mark.django_db
def test_no_two_phases_begin_on_one_day_and_of_those_that_do_the_code_decides():
    day = national().starts_on
    same = {"code": "abroad", "name": "Abroad", "capacity": 5}
    with pytest.raises(LeverRefused, match="The phase National begins on that day"):
        ask("abroad", starts_on=day.isoformat(), **same)
    assert ask("abroad", starts_on=day.isoformat(), closed=True, **same)
    abroad = Phase.objects.create(starts_on=day, **same)
    assert in_force([national(), abroad], day) == in_force([abroad, national()], day) == national()


@pytest.mark.django_db
def test_what_was_agreed_to_before_this_release_waits_as_well():
    Phase.objects.filter(code="national").update(starts_on=on(30), waits=False)
    release = import_module("rollout.migrations.0004_phases_that_wait_for_their_day")
    release.let_them_wait(apps, None)
    assert list(Phase.objects.values_list("code", flat=True).filter(waits=True)) == ["national"]
