"""Two supervisors who act on one person at one moment, and one who acts twice."""

from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import PermissionDenied
from django.db import connection

from audit.models import Entry
from core.outbox.models import Job
from offices import levers, people, proposing
from offices.list_file import Line
from offices.lists import keep_list
from offices.models import Officer, PeopleList, Proposal
from offices.off_lever import hold_account
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
            proposing.ask_for_change(
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


def test_two_administrators_who_hold_each_other_at_once_leave_one(transactional_db):
    pair = OfficerFactory.create_batch(2, administrator=True)

    def hold(who: int) -> str:
        try:
            hold_account(pair[1 - who], by=pair[who], reason=REASON)
        except PermissionDenied:
            return "refused"
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(hold, [0, 1])) == ["held", "refused"]
    assert Officer.objects.filter(is_active=True).count() == 1


def test_two_lists_with_one_address_agreed_to_at_once_let_one_of_them_in(transactional_db):
    asker, *agreeing = OfficerFactory.create_batch(3, administrator=True)
    code, waiting = OfficerFactory().office_id, []
    for other in ("a", "b"):
        same, more = (
            Line(2, "same@example.org", "S", code),
            Line(3, f"{other}@example.org", "X", code),
        )
        digest = keep_list([same, more], by=asker).pk
        lever, new = levers.LEVERS["list"], {"listed": 2}
        waiting.append(
            proposing.ask_for_change(lever, digest, new, by=asker, reason=REASON, people=2)
        )

    def agree(which: int) -> str:
        try:
            proposing.agree_to_change(waiting[which], by=agreeing[which], people=2)
        except levers.LeverRefused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(agree, [0, 1])) == ["done", "refused"]
    assert Officer.objects.filter(email="same@example.org").count() == 1
    assert Officer.objects.filter(email__regex="^[ab]@").count() == 1
    assert Job.objects.filter(kind="offices.mail_link").count() == 2


def test_one_file_handed_in_twice_at_once_is_one_list(transactional_db):
    asker, code = OfficerFactory(administrator=True), OfficerFactory().office_id

    def hand_in(_: int) -> str:
        try:
            return keep_list([Line(2, "a@example.org", "A", code)], by=asker).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(hand_in, range(4)))) == 1
    assert PeopleList.objects.count() == 1
