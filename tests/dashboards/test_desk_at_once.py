"""What is done twice at one moment at the desk of figures happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from audit.models import Entry
from core.outbox.models import Job
from dashboards.models import Note, Report, ReportSubscription
from dashboards.notes.services import NoteRefused, remove_note, write_note
from dashboards.reports.sending import plan_reports
from tests.dashboards.test_notes import draft
from tests.dashboards.test_reports import monday, wished
from tests.factories import OfficerFactory


def at_once(act: Callable[[], object], times: int = 4) -> list[bool]:
    """Whether each of so many at the same moment did something."""

    def one(_turn: int) -> bool:
        try:
            return bool(act())
        except NoteRefused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(one, range(times)))


def test_the_same_note_written_at_once_stands_once(transactional_db):
    officer = OfficerFactory(administrator=True)
    assert at_once(lambda: write_note(draft(), by=officer)) == [False, False, False, True]
    assert (Note.objects.count(), Entry.objects.filter(action="figures.noted").count()) == (1, 1)


def test_a_note_removed_at_once_is_removed_once(transactional_db):
    officer = OfficerFactory(administrator=True)
    note = write_note(draft(), by=officer)
    assert at_once(lambda: remove_note(note, by=officer)) == [False, False, False, True]
    assert Entry.objects.filter(action="figures.note_removed").count() == 1


def test_reports_planned_at_once_are_planned_once(transactional_db):
    wished(OfficerFactory(administrator=True))
    assert ReportSubscription.objects.count() == 1
    assert at_once(lambda: plan_reports(monday())) == [False, False, False, True]
    assert (Report.objects.count(), Job.objects.count()) == (1, 1)
