"""Whatever is done to the log behind the portal's back, the walk names it."""

import pytest
from django.db import connection

from audit.heads import as_line, from_line, publish
from audit.inspection import Kind, inspect
from audit.merkle import leaf_hash
from audit.models import Head, Tile
from tests.audit.tree.logs import entry_ids, sequenced, tamper, write

pytestmark = pytest.mark.usefixtures("db")
SIZE = 600
ROLL_BACK = [
    "DELETE FROM audit_entry WHERE id IN (SELECT unnest(entry_ids[3:]) FROM audit_tile)",
    "UPDATE audit_tile SET hashes = substr(hashes, 1, 64), entry_ids = entry_ids[1:2]",
    "DELETE FROM audit_head WHERE tree_size > 2",
    """UPDATE audit_cursor SET entry = (SELECT entry_ids[2] FROM audit_tile), transaction =
       (SELECT transaction_id FROM audit_entry ORDER BY transaction_id DESC LIMIT 1)""",
]


def log_of(size: int) -> list[int]:
    """The numbers of `size` entries that have a place under a signed head."""
    write(size)
    sequenced(size)
    publish()
    return entry_ids()


def found(**options) -> list[tuple]:
    return [(finding.kind, finding.leaf, finding.entry_id) for finding in inspect(**options)]


@pytest.mark.parametrize("size", [1, 256, SIZE])
def test_nothing_is_found_in_a_log_nobody_touched(size):
    log_of(size)
    write(3)
    seen = []
    assert [found(progress=lambda *done: seen.append(done)), seen] == [[], [(size, size)]]


def test_nothing_is_found_in_an_empty_log():
    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "action = 'case.viewed'",
        "actor_kind = 'officer'",
        "actor_id = 'somebody'",
        "role = 'auditor'",
        "office = '1206'",
        "subject_type = 'x'",
        "subject_id = 'x'",
        "reason = 'x'",
        "request_id = 'x'",
        "address_class = 'x'",
        """details = details || '{"nth": 7}'""",
    ],
)
def test_a_changed_entry_is_named(change):
    numbers = log_of(3)
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", (numbers[1],))  # noqa: S608
    assert found() == [(Kind.CHANGED, 1, numbers[1])]


@pytest.mark.parametrize(
    "change", ["transaction_id = transaction_id - 1", "id = id + 1", "details = details - 'nth'"]
)
def test_an_entry_with_another_number_or_transaction_is_named(change):
    numbers = log_of(3)
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", (numbers[1],))  # noqa: S608
    assert [entry_id for _, leaf, entry_id in found() if leaf == 1] == [numbers[1]]


def test_a_changed_mac_is_named():
    numbers = log_of(3)
    tamper(
        "UPDATE audit_entry SET mac = set_byte(mac, 0, 255 - get_byte(mac, 0)) WHERE id = %s",
        (numbers[2],),
    )
    assert found() == [(Kind.FORGED, 2, numbers[2])]


def test_a_removed_entry_is_named():
    numbers = log_of(SIZE)
    tamper("DELETE FROM audit_entry WHERE id = %s", (numbers[300],))
    assert found() == [(Kind.REMOVED, 300, numbers[300])]


def test_an_entry_slipped_in_between_is_named():
    numbers = log_of(3)
    tamper(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(entry, %s)).* FROM audit_entry entry"
        " WHERE id = %s",
        ('{"id": 999999, "transaction_id": 5}', numbers[0]),
    )
    assert found() == [(Kind.ADDED, None, 999999)]


def test_an_entry_slipped_in_under_a_number_in_use_is_named():
    numbers = log_of(3)
    tamper(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(entry, %s)).* FROM audit_entry entry"
        " WHERE id = %s",
        ('{"at": "2026-01-01T00:00:00Z"}', numbers[0]),
    )
    assert (Kind.ADDED, 0, numbers[0]) in found()


def test_an_entry_added_by_hand_is_named_before_and_after_it_has_a_place():
    numbers = log_of(2)
    tamper(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(entry, jsonb_build_object('id',"
        " 999999, 'transaction_id', pg_current_xact_id()::text::bigint))).* FROM audit_entry entry"
        " WHERE id = %s",
        (numbers[0],),
    )
    before = found()
    sequenced(3)
    assert [before, found()] == [[(Kind.FORGED, None, 999999)], [(Kind.FORGED, 2, 999999)]]


def test_two_entries_that_changed_places_are_named():
    numbers = log_of(3)
    tamper(
        "UPDATE audit_entry SET transaction_id = (SELECT sum(transaction_id) FROM audit_entry"
        " WHERE id IN (%s, %s)) - transaction_id WHERE id IN (%s, %s)",
        (numbers[0], numbers[2]) * 2,
    )
    assert [(Kind.MISPLACED, 0, numbers[0]), (Kind.MISPLACED, 2, numbers[2])] == [
        finding for finding in found() if finding[0] == Kind.MISPLACED
    ]


def test_a_tree_rewritten_to_fit_contradicts_its_head():
    numbers = log_of(3)
    tamper("DELETE FROM audit_entry WHERE id = %s", (numbers[1],))
    tile = Tile.objects.get(level=0)
    hashes = bytes(tile.hashes)
    tamper(
        "UPDATE audit_tile SET hashes = %s, entry_ids = %s",
        (hashes[:32] + hashes[64:], [numbers[0], numbers[2]]),
    )
    write(1)
    sequenced(3)
    assert found() == [(Kind.HEAD, 0, None)]


def test_a_head_the_portal_did_not_sign_is_named():
    log_of(3)
    tamper("UPDATE audit_head SET root_hash = sha256('x')")
    assert found() == [(Kind.HEAD, None, None)]


@pytest.mark.parametrize("level", [0, 1])
def test_a_changed_hash_in_the_tree_is_named(level):
    log_of(SIZE)
    tamper(
        "UPDATE audit_tile SET hashes = %s || substr(hashes, 33) WHERE (level, number) = (%s, 0)",
        (leaf_hash(b"x"), level),
    )
    kinds = {0: [Kind.MISPLACED, Kind.HEAD, Kind.TREE], 1: [Kind.TREE]}
    assert [finding[0] for finding in found()] == kinds[level]


def test_a_log_rolled_back_as_a_whole_is_found_by_a_head_kept_outside():
    write(2)
    sequenced(2)
    publish()
    write(100)  # the newest hundred
    sequenced(102)
    outside = from_line(as_line(publish()))
    for statement in ROLL_BACK:
        tamper(statement)
    assert [found(), found(outside=[outside])] == [[], [(Kind.CUT, 2, None)]]


def test_a_walk_may_begin_where_an_earlier_one_ended():
    numbers = log_of(SIZE)
    tamper("DELETE FROM audit_entry WHERE id = ANY(%s)", ([numbers[7], numbers[590]],))
    assert found(start=512) == [(Kind.REMOVED, 590, numbers[590])]


def test_the_walk_leaves_the_database_as_it_was():
    log_of(3)
    assert [found(), Head.objects.count(), connection.in_atomic_block] == [[], 1, False]
