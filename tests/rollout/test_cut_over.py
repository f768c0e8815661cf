"""A phase begins when its checklist holds, can be tried beforehand, and can be gone back from."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry, Receipt
from audit.tasks import publish_tree_head
from audit.witnesses import all_witnessed
from core import worker_heartbeats
from core.worker_heartbeats import WORK, queues_without_worker, record_heartbeat
from offices.models import Officer, Proposal
from population.models import ImportRun, OfficeCount
from registration.states import State
from rollout.checklist import checklist
from rollout.models import Phase
from rollout.services import current_phase
from rollout.waiting import leave_address
from tests.factories import EnrollmentFactory
from tests.levers import ASK, agreed_by_another, asked_for, prove_factor, typed_at
from tests.population.files import people, write
from tests.population.runs import bring_in

OPEN = reverse("admin:rollout_phase_open", args=["national"])
TRY = reverse("admin:rollout_phase_try", args=["national"])


@pytest.fixture
def witness(settings, tmp_path):
    settings.AUDIT_WITNESSES = [f"file:{tmp_path}/heads.ndjson"]


def national() -> Phase:
    return Phase.objects.get(code="national")


def holding() -> list[bool]:
    return [item.holds for item in checklist(national())]


def make_ready(folder) -> None:
    bring_in(write(folder / "register.csv", people(5)))
    for _ in range(50):  # an ANALYZE by the server itself may hold the log up for a moment
        publish_tree_head()
        if Receipt.objects.exists():
            break
        time.sleep(0.1)
    record_heartbeat(["default", "imports", "verification"])


def pull(client, **given):
    """Ask at the page of the phase, and have another administrator agree."""
    prove_factor(client, Officer.objects.get(pk=client.session["_auth_user_id"]))
    client.post(OPEN, given)
    return agreed_by_another(asked_for(client))


def begun_by(client):
    """What the page answers to one who asks for it."""
    client.post(OPEN)
    return typed_at(client, ASK)


def test_a_phase_begins_only_when_its_checklist_holds(admin, tmp_path, witness):
    assert holding() == [False, True, False, False, True, True, False, True]
    pull(admin, back="yes")
    assert begun_by(admin).status_code == 422
    assert [national().closed, Proposal.objects.filter(answer="").count()] == [True, 0]
    make_ready(tmp_path)
    assert holding() == [True] * 8
    assert pull(admin).status_code == 302
    assert national().starts_on == timezone.localdate()
    assert Entry.objects.filter(action="phase.changed").count() == 2


def test_a_log_that_no_witness_has_had_for_five_minutes_is_not_enough(admin, witness):
    leave_address(channel="sms", address="+66812345678", language="th")
    publish_tree_head()
    now = timezone.now()
    assert all_witnessed(before=now + timedelta(minutes=1))
    leave_address(channel="sms", address="+66812345679", language="th")
    assert all_witnessed(before=now)
    assert not all_witnessed(before=now + timedelta(minutes=1))


def test_a_queue_whose_workers_fell_silent_is_named(db, monkeypatch):
    assert queues_without_worker() == ["default", "imports", "verification"] == sorted(WORK)
    record_heartbeat(["default", "verification"])
    assert queues_without_worker() == ["imports"]
    monkeypatch.setattr(worker_heartbeats, "HEARTBEAT_LASTS_SECONDS", 1)
    record_heartbeat(["default", "verification"])
    time.sleep(1.1)
    assert queues_without_worker() == ["default", "imports", "verification"]


def test_an_import_that_does_not_add_up_stops_the_phase(admin, tmp_path, witness):
    make_ready(tmp_path)
    OfficeCount.objects.all().first().delete()
    assert holding() == [True, True, False, *[True] * 5]
    assert ImportRun.objects.get().state == "done"


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(admin, tmp_path, witness):
    make_ready(tmp_path)
    Phase.objects.filter(code="national").update(starts_on="2999-01-01")
    leave_address(channel="sms", address="+66812345678", language="th")
    before = Entry.objects.count()
    rehearsal = admin.post(TRY).context["rehearsal"]
    assert (rehearsal.missing, rehearsal.called) == ([], 1)
    assert (rehearsal.before.code, rehearsal.after.code) == ("pilot", "national")
    assert rehearsal.places == national().capacity
    assert (national().starts_on.year, Entry.objects.count()) == (2999, before)


def test_a_dry_run_names_what_is_missing(admin):
    page = admin.post(TRY)
    assert len(page.context["rehearsal"].missing) == 4
    assert "has been imported" in page.content.decode()


def test_a_phase_gone_back_from_stays_closed_until_it_is_begun_again(admin, tmp_path, witness):
    pull(admin, back="yes")
    assert current_phase().code == "pilot"
    assert current_phase(timezone.localdate() + timedelta(days=400)).code == "pilot"
    make_ready(tmp_path)
    pull(admin)
    assert current_phase().code == "national"


def test_a_closed_phase_is_opened_again_by_no_form_past_the_checklist(admin):
    """Unticking "closed" and the dates of another phase are ways to open one as well."""
    pull(admin, back="yes")
    form = {name: getattr(national(), name) for name in ("name", "capacity", "starts_on")}
    ways = dict.fromkeys(("opens_office", "opens_self", "opens_app"), "on")
    admin.post(reverse("admin:rollout_phase_change", args=["national"]), form | ways)
    assert typed_at(admin, ASK).status_code == 422
    assert (national().closed, current_phase().code) == (True, "pilot")


def test_going_back_says_when_registration_is_closed_by_it(admin):
    Phase.objects.filter(code="pilot").delete()
    EnrollmentFactory.create_batch(3, state=State.CONSENTED)
    EnrollmentFactory(state=State.CONSENTED, renewal=True)
    EnrollmentFactory(state=State.DATA_CONFIRMED)
    prove_factor(admin, Officer.objects.get(pk=admin.session["_auth_user_id"]))
    page = admin.post(OPEN, {"back": "yes"}, follow=True)
    assert "registration is closed" in page.content.decode()
    assert page.context["effect"].people == 3
    agreed_by_another(asked_for(admin))
    assert current_phase() is None
