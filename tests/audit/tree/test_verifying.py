"""`audit verify`: what it says, and how it goes on after it was stopped."""

import json

import pytest
from django.core.management import CommandError, call_command

from audit.heads import as_line, publish
from audit.inspection import inspect
from audit.inspection.progress import Kept, bar
from audit.tiles import Tree
from tests.audit.tree.logs import entry_ids, sequenced, tamper, write

pytestmark = pytest.mark.usefixtures("db")
WHOLE = "The audit log is whole: {} entries{}, 0 heads from outside.\n"
ROLL_BACK = [
    """DELETE FROM audit_entry WHERE id IN
       (SELECT unnest(entry_ids[201:]) FROM audit_tile WHERE (level, number) = (0, 0))""",
    """DELETE FROM audit_entry WHERE id IN
       (SELECT unnest(entry_ids) FROM audit_tile WHERE number = 1)""",
    "DELETE FROM audit_tile WHERE number = 1 OR level = 1",
    "UPDATE audit_tile SET hashes = substr(hashes, 1, 6400), entry_ids = entry_ids[1:200]",
    "DELETE FROM audit_head",
    "UPDATE audit_cursor SET entry = (SELECT entry_ids[200] FROM audit_tile)",
]


class Stopped(Exception):
    pass


def log_of(size: int) -> list[int]:
    write(size)
    sequenced(size)
    publish()
    return entry_ids()


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "audit-verify.json"


def test_a_log_that_is_whole_leaves_nothing_to_resume(capsys, kept):
    log_of(300)
    call_command("audit", "verify", "--progress", str(kept))
    assert [capsys.readouterr().out, kept.exists()] == [WHOLE.format(300, ""), False]


def test_a_stopped_walk_goes_on_where_it_was(capsys, kept):
    log_of(300)
    Kept(kept).note(299)
    assert json.loads(kept.read_text()) == {"leaves": 256, "root": Tree().root(256).hex()}
    call_command("audit", "verify", "--resume", "--progress", str(kept))
    skipped = " (the first 256 were not read again)"
    assert capsys.readouterr().out == WHOLE.format(300, skipped)


@pytest.mark.parametrize("text", ["", "{}", '{"leaves": 256, "root": "00"}'])
def test_a_walk_begins_anew_when_what_was_kept_does_not_fit(capsys, kept, text):
    numbers = log_of(300)
    kept.write_text(text)
    tamper("DELETE FROM audit_entry WHERE id = %s", (numbers[7],))
    with pytest.raises(CommandError, match="1 found"):
        call_command("audit", "verify", "--resume", "--progress", str(kept))
    said = capsys.readouterr()
    assert [said.err, said.out] == [
        "Beginning anew.\n",
        f"removed: entry {numbers[7]} at leaf 7 is gone\n",
    ]


def test_a_walk_keeps_nothing_beyond_what_it_found(kept):
    numbers = log_of(300)
    tamper("DELETE FROM audit_entry WHERE id = %s", (numbers[299],))
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--progress", str(kept))
    assert not kept.exists()


def test_the_progress_is_kept_while_the_walk_goes_on(kept):
    log_of(300)

    def stop(done: int, _: int) -> None:
        Kept(kept).note(done)
        raise Stopped

    with pytest.raises(Stopped):
        list(inspect(progress=stop))
    assert Kept(kept).start() == 256


def test_a_rollback_of_the_newest_hundred_is_named_by_the_witnessed_head(capsys, kept, tmp_path):
    write(300)
    sequenced(300)
    witnessed = tmp_path / "heads.ndjson"
    witnessed.write_text(as_line(publish()))
    for statement in ROLL_BACK:
        tamper(statement)
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--head", str(witnessed), "--progress", str(kept))
    assert capsys.readouterr().out == "cut: the log ends after 200 leaves, a head has 300\n"


@pytest.mark.parametrize(("done", "hashes"), [(0, 0), (50, 20), (100, 40)])
def test_the_bar_grows_with_what_is_done(done, hashes):
    assert bar(done, 100) == f"[{'#' * hashes:<40}] {done} of 100"
