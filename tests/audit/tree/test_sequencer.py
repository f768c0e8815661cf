"""Places in the tree: one each, in an order that later commits cannot cut into."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from audit.actions import Action
from audit.canonical import LEAF_SQL
from audit.heads import as_line, from_line, is_signed, publish, signed_bytes
from audit.merkle import Frontier, consistency_path, extends, leaf_hash
from audit.models import Cursor, Entry, Head, Tile
from audit.sequencer import sequence
from audit.services import record
from audit.tiles import Tree, TreeDamaged, tree_size
from core.cluster import OtherCluster
from tests.audit.tree.logs import SYSTEM, entry_ids, sequenced, tamper, write

LEAVES = f"SELECT {LEAF_SQL} FROM audit_entry ORDER BY transaction_id, id"  # noqa: S608 - our own
pytestmark = pytest.mark.usefixtures("db")


class Killed(Exception):
    pass


@transaction.atomic
def sequence_and_die() -> None:
    sequence()
    raise Killed


def root_from_scratch() -> bytes:
    frontier = Frontier()
    with connection.cursor() as cursor:
        cursor.execute(LEAVES)
        for (data,) in cursor.fetchall():
            frontier.add(leaf_hash(bytes(data)))
    return frontier.root()


def test_the_tree_is_the_same_however_often_it_grew():
    for number in (1, 254, 1, 1, 300):
        write(number)
        sequenced(Entry.objects.count())
    assert Tree().root(557) == root_from_scratch()
    assert sorted(Tile.objects.values_list("level", "number")) == [(0, 0), (0, 1), (0, 2), (1, 0)]


def test_entries_follow_their_transactions_and_never_overtake_one_that_still_runs():
    started, release = threading.Event(), threading.Event()

    def slow_change() -> None:
        with transaction.atomic():
            record(Action.OFFICE_CHANGED, None, actor=SYSTEM)
            started.set()
            release.wait(20)
            record(Action.PHASE_CHANGED, None, actor=SYSTEM)
        connection.close()

    slow = threading.Thread(target=slow_change)
    slow.start()
    started.wait(20)
    [quick] = write(1)
    held_back = sequence()
    release.set()
    slow.join()
    sequenced(3)
    actions = dict(Entry.objects.values_list("pk", "action"))
    assert [held_back, [actions[number] for number in entry_ids()]] == [
        0,
        [Action.OFFICE_CHANGED, Action.PHASE_CHANGED, quick.action],
    ]


def test_a_sequencer_that_dies_loses_nothing_and_places_nothing_twice():
    written = [entry.pk for entry in write(20)]
    sequenced(20)
    more = [entry.pk for entry in write(5)]
    with pytest.raises(Killed):
        sequence_and_die()
    assert entry_ids() == written
    sequenced(25)
    assert entry_ids() == written + more


def test_sequencers_at_the_same_time_place_each_entry_once():
    written = [entry.pk for entry in write(300)]

    def work() -> None:
        for _ in range(40):
            sequence(most=7)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sequenced(300)
    assert entry_ids() == written


def test_a_cursor_set_back_is_noticed():
    write(3)
    sequenced(3)
    Cursor.objects.update(transaction=0, entry=0)
    with pytest.raises(TreeDamaged):
        sequence()


def test_another_cluster_has_to_adopt_the_log_first():
    write(1)
    sequenced(1)
    Cursor.objects.update(cluster=1)
    with pytest.raises(OtherCluster):
        sequence()


def test_a_head_is_signed_once_for_each_size():
    assert publish() is None
    write(3)
    sequenced(3)
    first = publish()
    assert [publish().pk, first.tree_size, is_signed(first)] == [first.pk, 3, True]
    assert bytes(first.root_hash) == root_from_scratch()


def test_a_later_head_is_proven_to_go_on_from_an_earlier_one():
    write(300)
    sequenced(300)
    old = publish()
    write(300)
    sequenced(600)
    new = publish()
    path = consistency_path(300, 600, Tree().perfect)
    assert extends(bytes(old.root_hash), 300, bytes(new.root_hash), 600, path)


def test_a_head_survives_its_way_as_a_line():
    write(2)
    sequenced(2)
    head = publish()
    read = from_line(as_line(head))
    assert [signed_bytes(read), is_signed(read)] == [signed_bytes(head), True]
    read.tree_size = 1
    assert not is_signed(read)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit_tile SET hashes = sha256('x') || substr(hashes, 33) WHERE level = 0",
        "UPDATE audit_head SET root_hash = sha256('x')",
        "UPDATE audit_tile SET hashes = substr(hashes, 1, 32), entry_ids = entry_ids[1:1]",
    ],
)
def test_nothing_is_signed_that_contradicts_what_was_signed(harm):
    write(3)
    sequenced(3)
    publish()
    tamper(harm)
    with pytest.raises(TreeDamaged):
        publish()
    assert Head.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_head SET timestamp = 0",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head CASCADE",
        "DELETE FROM audit_tile",
        "TRUNCATE audit_tile",
        "UPDATE audit_tile SET hashes = sha256('x')",
        "UPDATE audit_tile SET entry_ids = '{7}'",
    ],
)
def test_the_database_lets_the_tree_only_grow(statement):
    write(1)
    sequenced(1)
    publish()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        connection.cursor().execute(statement)
    assert [tree_size(), Head.objects.count()] == [1, 1]
