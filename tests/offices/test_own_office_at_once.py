"""Two supervisors who act on one person at one moment, and one who acts twice."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from audit.models import Entry
from offices import levers, people
from offices.models import Officer, Proposal
from tests.factories import OfficerFactory
from tests.levers import REASON


def test_two_who_switch_one_off_at_once_leave_one_entry(transactional_db):
    officer = OfficerFactory()
    supervisors = [OfficerFactory(supervisor=True, office=officer.office) for _ in range(2)]

    def switch_off(by: Officer) -> None:
        try:
            people.suspend_officer(officer, by=by, reason=REASON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(switch_off, supervisors))
    assert Entry.objects.filter(action="officer.suspended").count() == 1


def test_one_officer_is_asked_back_once_however_often_it_is_asked(transactional_db):
    officer = OfficerFactory()
    supervisor = OfficerFactory(supervisor=True, office=officer.office)
    people.suspend_officer(officer, by=supervisor, reason=REASON)
    staff, new = levers.LEVERS["staff"], {"is_active": True}

    def ask(_: int) -> str:
        try:
            levers.ask_for_change(
                staff, str(officer.pk), new, by=supervisor, reason=REASON, people=1
            )
        except levers.LeverRefused:
            return "refused"
        finally:
            connection.close()
        return "asked"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(ask, range(4)))
    assert said == ["asked", "refused", "refused", "refused"]
    assert Proposal.objects.count() == 1
