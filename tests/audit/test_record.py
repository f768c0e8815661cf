"""An entry lives and dies with its change; the database lets nobody touch it afterwards."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.actions import Action
from audit.canonical import LEAF_SQL, content, mac
from audit.context import address_class, bound
from audit.guard import NotForTheLog
from audit.keys import entry_key
from audit.models import Entry
from audit.services import COLUMNS, Actor, NotInTransaction, record
from audit.standing_alone import STANDS_ALONE
from offices.models import Office
from tests.factories import OfficeFactory, OfficerFactory

READ = f"SELECT {LEAF_SQL}, mac FROM audit_entry WHERE id = %s"  # noqa: S608 - our own columns
SYSTEM = Actor.system("test")


class RolledBack(Exception):
    pass


@transaction.atomic
def fail_after_a_change() -> None:
    record(Action.OFFICE_CHANGED, OfficeFactory(), actor=SYSTEM)
    raise RolledBack


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what_and_from_where():
    officer = OfficerFactory(supervisor=True)
    with bound(request_id="request-0001", address_class="private"), transaction.atomic():
        written = record(
            Action.APPROVE, officer.office, actor=Actor.officer(officer), reason="clear", score=0.5
        )
    entry = Entry.objects.get(pk=written.pk)
    assert {name: getattr(entry, name) for name in COLUMNS if name not in {"id", "at", "mac"}} == {
        "action": "enrollment.approve",
        "actor_kind": "officer",
        "actor_id": str(officer.pk),
        "role": "supervisor",
        "office": "1206",
        "subject_type": "offices.office",
        "subject_id": "1206",
        "reason": "clear",
        "request_id": "request-0001",
        "address_class": "private",
        "details": {"score": 0.5},
    }


@pytest.mark.django_db
def test_a_change_that_rolls_back_leaves_no_entry():
    with pytest.raises(RolledBack):
        fail_after_a_change()
    assert [Office.objects.filter(code="1206").exists(), Entry.objects.count()] == [False, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("action", [action for action in Action if action not in STANDS_ALONE])
def test_an_entry_about_a_change_needs_the_transaction_of_the_change(action):
    with pytest.raises(NotInTransaction):
        record(action, None, actor=SYSTEM)


@pytest.mark.django_db
@pytest.mark.parametrize("action", [action for action in Action if action in STANDS_ALONE])
def test_a_look_or_an_attempt_may_stand_alone(action):
    assert record(action, None, actor=SYSTEM).action == action


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        "1101700230708",
        "1 1017 00230 70 8",
        "1-1017-00230-70-8",
        "๑๑๐๑๗๐๐๒๓๐๗๐๘",
        "เลข1101700230708ครับ",
        1101700230708,
        -1101700230708,
        1101700230708.0,
        ["x", "1101700230708"],
        "somebody@example.org",
        {"nested": "x"},
        b"bytes",
        float("nan"),
        "x" * 201,
        "line\nbreak",
        "cut\x1fhere",
    ],
)
def test_what_looks_like_personal_data_or_is_no_plain_value_is_refused(value):
    with pytest.raises(NotForTheLog) as refused:
        record(Action.CASE_SEARCHED, None, actor=SYSTEM, note=value)
    assert "11017" not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["1101700230708", "somebody@example.org"])
def test_a_reason_holds_no_personal_data_either(value):
    with pytest.raises(NotForTheLog):
        record(Action.CASE_SEARCHED, None, actor=SYSTEM, reason=value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    ["", "บัตรเบลอ", 'a "quoted" \\ text', 0.1, 1e-7, 123456.75, -3, True, None, [1, "two", None]],
)
def test_the_bytes_hashed_are_the_same_in_python_and_in_the_database(value):
    entry = record(Action.CASE_SEARCHED, None, actor=SYSTEM, a_long_name=value, b=1)
    with connection.cursor() as cursor:
        cursor.execute(READ, [entry.pk])
        leaf, marked = (bytes(column) for column in cursor.fetchone())
    covered = content({name: getattr(entry, name) for name in COLUMNS if name != "mac"})
    assert leaf == covered + b"\x1f%d" % entry.transaction_id
    assert marked == mac(entry_key(), covered)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'other'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_entry_default",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(statement):
    record(Action.CASE_SEARCHED, None, actor=SYSTEM)
    with pytest.raises(DatabaseError, match="the audit log only grows"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("203.150.7.9", "public-v4/203.150"),
        ("::ffff:203.150.7.9", "public-v4/203.150"),
        ("2405:9800:1::7", "public-v6/2405:9800"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_is_kept_as_a_class_only(address, expected):
    assert address_class(address) == expected
