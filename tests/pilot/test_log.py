"""What the log says of a file of the pilot: each thing that was done, and not another."""

import pytest
from django.db import transaction
from django.utils import translation

from audit.actions import Action
from audit.models import Entry
from audit.search.sentences import said
from audit.services import record
from pilot.models import PilotImport
from tests.factories import PilotImportFactory
from tests.pilot.files import ACTOR, known_people, of_the_pilot
from tests.pilot.test_admin import begin, step
from tests.population.files import work

EARLIER = {"started": "started", "paused": "Paused", "waiting": "Waiting for a worker"}


@pytest.fixture
def folder(tmp_path, settings):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path


def told(begun: PilotImport, language: str = "en") -> list[str]:
    """The sentences about it, the oldest first, without who did it."""
    with translation.override(language):
        entries = said(Entry.objects.about(begun).order_by("id"))
        return [one.sentence.removeprefix(one.shown.actor).strip() for one in entries]


def test_started_paused_continued_and_cancelled_are_told_apart(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(3)])
    for name in ("pause", "continue", "cancel"):
        step(admin, begun, name)
    work()
    assert told(begun) == [
        "started the import pilot.csv of the pilot",
        "paused the import pilot.csv of the pilot",
        "continued the import pilot.csv of the pilot",
        "cancelled the import pilot.csv of the pilot",
    ]
    assert told(begun, "th") == [
        "เริ่มนำเข้าข้อมูลระยะนำร่อง pilot.csv",
        "พักการนำเข้าข้อมูลระยะนำร่อง pilot.csv",
        "ทำการนำเข้าข้อมูลระยะนำร่อง pilot.csv ต่อ",
        "ยกเลิกการนำเข้าข้อมูลระยะนำร่อง pilot.csv",
    ]


def test_digital_ids_are_said_to_be_taken_over_when_they_were(admin, folder):
    begun = begin(admin, folder, [of_the_pilot(row) for row in known_people(3)])
    work()
    assert told(begun)[1:] == ["The portal took digital IDs of the pilot over (pilot.csv)"]
    last = Entry.objects.about(begun).order_by("id").last()
    assert (last.action, last.details["matched"]) == (Action.PILOT_IMPORTED, 3)


def test_a_file_that_cannot_be_taken_over_is_said_to_have_failed(admin, folder):
    begun = begin(admin, folder, [{"number": "1"}])
    work()
    assert told(begun)[1:] == ["The portal could not finish the import pilot.csv of the pilot"]


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "word"), EARLIER.items())
def test_an_entry_of_before_these_had_their_own_actions_stays_readable(step, word):
    begun = PilotImportFactory(file_name="old.csv")
    with transaction.atomic():
        entry = record(Action.PILOT_IMPORTED, begun, actor=ACTOR, step=step)
    with translation.override("en"):
        (shown,) = said([entry])
    assert shown.sentence == "The portal took digital IDs of the pilot over (old.csv)"
    assert shown.shown.details == [("step", word)]
