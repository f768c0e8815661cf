"""The pilot's import in the admin site, as an administrator uses it."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from audit.models import Entry
from core.outbox.models import Job, JobState
from identity.models import DigitalID
from offices.models import Proposal
from offices.way_back import way_back
from pilot import services, steering
from pilot.models import PilotImport, PilotImportState, PilotMember
from tests.levers import ASK, REASON, agreed_by_another, asked_for, typed_at
from tests.pilot.files import ACTOR, known_people, of_the_pilot
from tests.population.files import work, write


@pytest.fixture
def folder(tmp_path, settings):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path


def begin(admin, folder, lines) -> PilotImport:
    write(folder / "pilot.csv", lines)
    page = admin.post(reverse("admin:pilot_pilotimport_add"), {"file": "pilot.csv"})
    begun = PilotImport.objects.get()
    assert page.url == reverse("admin:pilot_pilotimport_change", args=[begun.pk])
    return begun


def step(admin, begun, name) -> None:
    page = admin.post(reverse("admin:pilot_pilotimport_step", args=[begun.pk, name]))
    assert page.status_code == 302
    begun.refresh_from_db()


def page_of(admin, begun, name="change"):
    return admin.get(reverse(f"admin:pilot_pilotimport_{name}", args=[begun.pk]))


def test_a_file_is_started_worked_off_and_taken_back(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(3)])
    assert page_of(admin, begun).context["steps"] == ["pause", "cancel"]
    work()
    begun.refresh_from_db()
    assert (begun.state, begun.matched, DigitalID.objects.count()) == ("done", 3, 3)
    assert page_of(admin, begun).context["steps"] == ["take_back"]
    step(admin, begun, "take_back")
    assert (begun.state, DigitalID.objects.count()) == (PilotImportState.DONE, 3)
    assert agreed_by_another(asked_for(admin)).status_code == 302
    begun.refresh_from_db()
    assert (begun.state, DigitalID.objects.count()) == (PilotImportState.TAKEN_BACK, 0)


def test_taking_back_says_how_many_digital_ids_go_and_the_log_has_who_and_why(admin, folder):
    lines = [of_the_pilot(row) for row in known_people(4)]
    lines[1] |= {"first_name_th": "ใครก็ไม่รู้"}
    begun = begin(admin, folder, lines)
    work()
    step(admin, begun, "take_back")
    shown = admin.get(ASK, headers={"Accept-Language": "en"}).context["effect"]
    assert (shown.people, list(shown.sentences)) == (
        3,
        [
            "3 digital IDs of this file are deleted.",
            "1 other person of this file no longer waits for an officer.",
            "There is no way back but to import the file anew.",
        ],
    )
    assert typed_at(admin, ASK, people=2).status_code == 422
    assert typed_at(admin, ASK, reason="").status_code == 422
    proposal = asked_for(admin)
    assert typed_at(admin, f"/staff/levers/{proposal.pk}/").status_code == 422
    assert DigitalID.objects.count() == 3
    assert agreed_by_another(proposal).status_code == 302
    said = Entry.objects.exclude(action="officer.signed_in").order_by("id")
    assert list(said.values_list("action", "reason", "details__people"))[-3:] == [
        ("lever.asked", REASON, 3),
        ("pilot.taken_back", "", 4),
        ("lever.agreed", REASON, 3),
    ]
    assert (way_back(Proposal.objects.get())[1], DigitalID.objects.count()) == ({}, 0)


@pytest.mark.parametrize("touched", ["terms_accepted_at", "decided_at"])
def test_it_cannot_even_be_asked_for_once_somebody_has_come_back(admin, folder, touched):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(2)])
    work()
    one = PilotMember.objects.first()
    PilotMember.objects.filter(pk=one.pk).update(**{touched: "2022-01-01T00:00Z"})
    step(admin, begun, "take_back")
    assert typed_at(admin, ASK).context["form"].non_field_errors()
    assert not Proposal.objects.exists()


def test_a_file_that_is_not_taken_over_cannot_be_taken_back(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(2)])
    step(admin, begun, "take_back")
    assert typed_at(admin, ASK).context["form"].non_field_errors()
    assert not Proposal.objects.exists()


def test_an_import_is_paused_continued_and_cancelled(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(3)])
    step(admin, begun, "pause")
    work()
    begun.refresh_from_db()
    assert (begun.state, PilotMember.objects.count()) == (PilotImportState.PAUSED, 0)
    step(admin, begun, "continue")
    assert begun.state == PilotImportState.WAITING
    step(admin, begun, "cancel")
    work()
    begun.refresh_from_db()
    assert (begun.state, PilotMember.objects.count()) == (PilotImportState.CANCELLED, 0)
    step(admin, begun, "pause")
    assert begun.state == PilotImportState.CANCELLED


def elsewhere(work) -> None:
    """In a transaction of its own, as another process would do it."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize("asked", [steering.pause, steering.cancel])
def test_what_is_asked_while_it_runs_gives_up_all_of_it(admin, folder, monkeypatch, asked):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(5)])
    told = []

    def tell(done: int, people: int) -> None:
        told.append((done, people))
        if done == 4:
            elsewhere(lambda: asked(begun, actor=ACTOR))

    services.run_import(
        PilotImport.objects.get(), folder / "pilot.csv", actor=ACTOR, on_progress=tell
    )
    assert told == [(2, 5), (4, 5)]
    assert PilotImport.objects.get().state == {"pause": "paused"}.get(asked.__name__, "cancelled")
    assert (PilotMember.objects.count(), DigitalID.objects.count()) == (0, 0)


def test_the_page_shows_how_many_people_are_done(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(1)])
    steering.report_progress(begun.pk, 20_000, 80_000)
    page = page_of(admin, begun)
    assert page.context["progress"].percent == 25
    assert "20,000 of 80,000" in page.content.decode()


def test_rejected_rows_and_offices_come_as_files(admin, folder):
    lines = [of_the_pilot(row) for row in known_people(3)]
    lines[1] |= {"activated_on": "2021-02-30"}
    lines[2] |= {"first_name_th": "สมหญิง"}
    begun = begin(admin, folder, lines)
    work()
    rejected = page_of(admin, begun, "rejected").getvalue().decode().splitlines()
    assert len(rejected) == 2
    assert rejected[1].startswith("3,")
    offices = page_of(admin, begun, "offices").getvalue().decode().splitlines()
    assert sum(int(line.split(",")[3]) for line in offices[1:]) == 2


def test_a_job_that_keeps_failing_leaves_the_import_paused(admin, folder, settings, monkeypatch):
    settings.JOB_MAX_DELIVERIES = 1
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(1)])
    monkeypatch.setattr(services, "_take_over_batch", None)
    work()
    begun.refresh_from_db()
    assert begun.state == PilotImportState.PAUSED
    assert "TypeError" in begun.message_in_words
    assert Job.objects.get().state == JobState.PARKED


def test_a_broken_file_says_why_and_leaves_nothing(admin, folder):
    begun = begin(admin, folder, [{"number": "1"}])
    work()
    begun.refresh_from_db()
    assert begun.state == PilotImportState.FAILED
    assert begun.message_in_words.startswith("Columns are missing")
