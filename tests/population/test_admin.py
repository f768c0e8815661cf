"""Imports and phases in the admin site, as an administrator uses them."""

import pytest
from django.urls import reverse

from audit.models import Entry
from core.outbox.models import Job, JobState
from offices.models import Officer
from population import jobs
from population.models import ImportRun, RunState
from rollout.models import Phase
from tests.factories import OfficerFactory
from tests.levers import ASK, REASON, agreed_by_another, asked_for, prove_factor, typed_at
from tests.population.files import people, register, work, write
from tests.population.runs import bring_in


def begin(admin, folder, rows) -> ImportRun:
    write(folder / "register.csv", rows)
    page = admin.post(reverse("admin:population_importrun_add"), {"file": "register.csv"})
    run = ImportRun.objects.get()
    assert page.url == reverse("admin:population_importrun_change", args=[run.pk])
    return run


def step(admin, run, name, *, reason=REASON) -> None:
    address = reverse("admin:population_importrun_step", args=[run.pk, name])
    page = admin.post(address, {"reason": reason})
    assert page.status_code == 302
    run.refresh_from_db()


def rolled_back(admin, run) -> None:
    """Asked for by this one and agreed to by another administrator."""
    step(admin, run, "roll_back")
    assert run.state == RunState.DONE
    assert agreed_by_another(asked_for(admin)).status_code == 302
    run.refresh_from_db()


def test_an_import_is_started_worked_off_and_rolled_back(admin, folder, small_chunks):
    run = begin(admin, folder, people(50))
    work()
    run.refresh_from_db()
    assert (run.state, run.inserted) == (RunState.DONE, 50)
    page = admin.get(reverse("admin:population_importrun_change", args=[run.pk]))
    assert page.context["steps"] == ["roll_back"]
    rolled_back(admin, run)
    assert (run.state, register()) == (RunState.ROLLED_BACK, {})


def test_rolling_back_says_how_many_people_it_touches_and_only_the_newest_goes(
    tmp_path, admin, small_chunks
):
    rows = people(60)
    first = bring_in(write(tmp_path / "first.csv", rows))
    newer = [*rows[:50], rows[50] | {"last_name_th": "เปลี่ยนแล้ว"}]
    second = bring_in(write(tmp_path / "second.csv", newer), complete=True)
    step(admin, first, "roll_back")
    assert typed_at(admin, ASK).context["form"].non_field_errors()
    step(admin, second, "roll_back")
    shown = admin.get(ASK, headers={"Accept-Language": "en"}).context["effect"]
    assert (shown.people, shown.sentences[0]) == (
        10, "10 people are in the register as before the file."
    )  # fmt: skip
    proposal = asked_for(admin)
    assert (proposal.people, proposal.reason) == (10, REASON)
    bring_in(write(tmp_path / "third.csv", rows[:1]))
    assert agreed_by_another(proposal).context["form"].non_field_errors()
    assert {run.state for run in ImportRun.objects.all()} == {RunState.DONE}


@pytest.mark.parametrize("name", ["agree", "take_changes", "leave_changes", "roll_back"])
def test_what_decides_takes_a_code_typed_just_now(tmp_path, admin, small_chunks, name):
    run = bring_in(write(tmp_path / "register.csv", people(5)))
    prove_factor(admin, Officer.objects.get(), ago=360)
    answer = admin.post(reverse("admin:population_importrun_step", args=[run.pk, name]))
    answer = admin.get(ASK) if name == "roll_back" else answer
    assert answer.headers["Location"].startswith("/staff/account/2fa/reauthenticate/")


def test_an_import_goes_on_slice_by_slice(admin, folder, small_chunks, monkeypatch):
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1)
    run = begin(admin, folder, people(100))
    work()
    run.refresh_from_db()
    assert (run.state, run.inserted) == (RunState.DONE, 100)
    assert Job.objects.filter(state=JobState.DONE).count() > 16


def test_an_import_is_paused_continued_and_cancelled(admin, folder):
    run = begin(admin, folder, people(50))
    step(admin, run, "pause")
    work()
    run.refresh_from_db()
    assert (run.state, run.rows) == (RunState.PAUSED, 0)
    step(admin, run, "continue")
    assert run.state == RunState.LOADING
    step(admin, run, "cancel")
    work()
    run.refresh_from_db()
    assert (run.state, register()) == (RunState.CANCELLED, {})
    last = Entry.objects.about(run).order_by("id").last()
    assert (last.action, last.actor_kind) == ("register.import_cancelled", "officer")


def test_rejected_rows_come_as_a_file_of_lines_and_reasons(admin, folder):
    rows = people(5)
    rows[2] |= {"status": "asleep"}
    run = begin(admin, folder, rows)
    work()
    page = admin.get(reverse("admin:population_importrun_rejected", args=[run.pk]))
    lines = page.getvalue().decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("4,")


@pytest.mark.parametrize(
    ("asked", "status"), [("%00", 400), ("1206%00", 400), ("x", 404), ("%F0%9F", 404)]
)
def test_a_report_of_what_is_no_code_is_not_found(admin, folder, asked, status):
    run = begin(admin, folder, people(5))
    for name in ("rejected.csv?office", "offices/?province"):
        page = admin.get(f"/admin/population/importrun/{run.pk}/{name}={asked}")
        assert page.status_code == status


def test_a_file_outside_the_folder_cannot_be_named(admin, folder):
    write(folder.parent / "secret.csv", people(3))
    page = admin.post(reverse("admin:population_importrun_add"), {"file": "../secret.csv"})
    assert page.status_code == 200
    assert not ImportRun.objects.exists()


def test_an_officer_has_no_way_in(offices, client):
    client.force_login(OfficerFactory())
    page = client.get(reverse("admin:population_importrun_changelist"))
    assert page.status_code in {302, 403}


def test_a_phase_saved_and_agreed_to_spreads_its_places(admin):
    page = reverse("admin:rollout_phase_change", args=["pilot"])
    assert admin.get(page).status_code == 200
    values = {"code": "pilot", "name": "Pilot", "capacity": 90_000, "starts_on": "2020-10-01",
              "opens_office": "on", "provinces": ["12", "50"]}  # fmt: skip
    prove_factor(admin, Officer.objects.get(pk=admin.session["_auth_user_id"]))
    assert admin.post(page, values).status_code == 302
    assert agreed_by_another(asked_for(admin)).status_code == 302
    pilot = Phase.objects.get(code="pilot")
    assert (pilot.provinces, pilot.opens_self) == (["12", "50"], False)
    assert sum(pilot.shards.values_list("capacity", flat=True)) == 90_000


def test_a_file_is_uploaded_and_imported_under_a_name_of_its_own(admin, folder):
    path = write(folder / "register.csv", people(5))
    with path.open("rb") as file:
        page = admin.post(reverse("admin:population_importrun_add"), {"upload": file})
    assert page.status_code == 302
    assert ImportRun.objects.get().file_name == "register-1.csv"
    work()
    assert ImportRun.objects.get().inserted == 5


def test_two_files_at_once_or_one_of_another_kind_are_refused(admin, folder):
    path = write(folder / "register.csv", people(5))
    address = reverse("admin:population_importrun_add")
    with path.open("rb") as file:
        page = admin.post(address, {"upload": file, "file": "register.csv"})
    assert page.context["form"].non_field_errors()
    assert admin.post(address, {}).context["form"].non_field_errors()
    other = path.rename(folder / "register.exe")
    with other.open("rb") as file:
        assert "upload" in admin.post(address, {"upload": file}).context["form"].errors
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("name", ["changelist", "add", "change", "samples", "offices"])
def test_the_pages_of_imports_lead_to_their_place_in_the_guide(tmp_path, admin, settings, name):
    bring_in(write(tmp_path / "first.csv", people(5)))
    settings.REGISTER_CEILINGS = dict.fromkeys(("ended", "changed", "rejected"), (0, 0))
    settings.REGISTER_CEILING_LEAST = 0
    newer = [people(5)[0] | {"last_name_th": "เปลี่ยนแล้ว"}]
    run = bring_in(write(tmp_path / "newer.csv", newer))
    given = [] if name in {"changelist", "add"} else [run.pk]
    page = admin.get(reverse(f"admin:population_importrun_{name}", args=given))
    assert 'href="/staff/help/administrator/#register"' in page.text
