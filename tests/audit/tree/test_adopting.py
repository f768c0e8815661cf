"""The log goes on in another cluster: a real dump, restored into one, and one that came short."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.heads import as_line, from_line, publish
from audit.inspection import inspect
from audit.models import Cursor, Entry, Head
from audit.proofs import prove_entry
from audit.sequencer import sequence
from core.cluster import OtherCluster
from tests.audit.tree.logs import sequenced, tamper, write
from tests.audit.tree.other_cluster import dumped, restored
from tests.factories import OfficerFactory

pytestmark = pytest.mark.usefixtures("db")
BOSS = "boss@example.org"


@pytest.fixture
def witness(tmp_path) -> Path:
    """What a witness has kept, its newest head last."""
    return tmp_path / "heads.ndjson"


def signed(witness: Path, leaves: int) -> Head:
    sequenced(leaves)
    head = publish()
    with witness.open("a") as file:
        file.write(as_line(head) + "\n")
    return head


def audit(*words: str) -> str:
    said = io.StringIO()
    call_command("audit", *words, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def adopt(witness: Path, *also: str) -> str:
    return audit("adopt", "--head", str(witness), "--by", BOSS, *also)


def log_of(witness: Path, *, leaves: int) -> bytes:
    """A dump with so many signed leaves, and two entries that have no place yet."""
    OfficerFactory(administrator=True, email=BOSS)
    base = Entry.objects.count()
    write(leaves - base)
    signed(witness, leaves)
    write(2)
    return dumped()


def test_a_restored_log_goes_on_where_it_was(witness, tmp_path):
    dump = log_of(witness, leaves=300)
    with restored(dump):
        with pytest.raises(OtherCluster, match="audit adopt"):
            sequence()
        with pytest.raises(OtherCluster):
            publish()
        assert "after 302 entries, 0 lost" in adopt(witness)
        write(3)
        sequenced(306)
        head = publish()
        assert list(inspect(outside=[Head.objects.order_by("pk").first()])) == []
        said = audit("verify", "--head", str(witness), "--progress", str(tmp_path / "kept"))
        entry = Entry.objects.get(action="log.adopted")
        assert f"entry {entry.pk}: after 302 entries from cluster" in said
        assert "the head outside had 300, 0 lost" in said
        assert prove_entry(entry)["head"]["tree_size"] == head.tree_size
        assert [one.first_leaf for one in Cursor.objects.order_by("pk")] == [0, 302]


def test_a_restore_that_lost_three_entries_is_said_and_seen(witness):
    dump = log_of(witness, leaves=300)
    write(1)
    signed(witness, 303)
    write(2)
    signed(witness, 305)
    with restored(dump):
        with pytest.raises(CommandError, match="3 signed entries are lost"):
            adopt(witness)
        with pytest.raises(CommandError, match="3 signed entries are lost"):
            adopt(witness, "--lost", "2")
        assert Cursor.objects.count() == 1
        assert "after 302 entries, 3 lost" in adopt(witness, "--lost", "3")
        write(5)
        sequenced(308)
        publish()
        details = Entry.objects.get(action="log.adopted").details
        newest = Head(root_hash=bytes.fromhex(details["head_root"]))
        assert newest.root_hash.hex() in witness.read_text()
        assert list(inspect()) == []
        (found,) = inspect(outside=heads(witness))
        assert "leaves 300 to 302 are not those that were signed" in str(found)


def heads(witness: Path) -> list[Head]:
    return [from_line(line) for line in witness.read_text().splitlines()]


CHANGES = {
    "an entry": "UPDATE audit_entry SET reason = 'x' WHERE id = (SELECT min(id) FROM audit_entry)",
    "one that is gone": "DELETE FROM audit_entry WHERE id = (SELECT min(id) FROM audit_entry)",
    "one without a place": (
        "UPDATE audit_entry SET reason = 'x' WHERE id = (SELECT max(id) FROM audit_entry)"
    ),
    "a leaf": (
        "UPDATE audit_tile SET hashes = overlay(hashes PLACING '\\x00'::bytea FROM 1)"
        " WHERE level = 0 AND number = 0"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_log_that_was_changed_on_the_way_is_not_adopted(witness, change):
    dump = log_of(witness, leaves=300)
    with restored(dump):
        tamper(CHANGES[change])
        with pytest.raises(CommandError, match="is not whole"):
            adopt(witness)
        assert Cursor.objects.count() == 1


def test_heads_of_another_history_are_not_passed_over(witness):
    """The copy is whole in itself, and has other entries than those that were signed outside."""
    dump = log_of(witness, leaves=300)
    tamper("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
    write(1)
    signed(witness, 302)
    with restored(dump):
        with pytest.raises(CommandError, match="not those that were signed"):
            adopt(witness)
        assert Cursor.objects.count() == 1


def test_what_was_written_before_the_adoption_is_not_guessed_at(witness):
    dump = log_of(witness, leaves=300)
    with restored(dump):
        write(1)
        with pytest.raises(CommandError, match="before the log was adopted"):
            adopt(witness)


def test_the_present_clusters_log_is_not_adopted_nor_by_just_anybody(witness):
    OfficerFactory(administrator=True, email=BOSS)
    OfficerFactory(email="officer@example.org")
    write(3)
    signed(witness, Entry.objects.count())
    with pytest.raises(CommandError, match="nothing to adopt"):
        adopt(witness)
    with pytest.raises(CommandError, match="no administrator"):
        audit("adopt", "--head", str(witness), "--by", "officer@example.org")
