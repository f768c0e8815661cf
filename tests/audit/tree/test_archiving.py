"""Months that leave the database: what is kept, what is refused, what the walk says afterwards."""

import datetime
import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.archiving import drop_month
from audit.heads import publish
from audit.inspection import Kind, inspect
from audit.models import Entry, MonthArchive
from audit.proofs import head_of, prove_entry, public_key
from core.templatetags.thai import people_date
from tests.audit.tree.logs import entry_ids, sequenced, tamper, write, write_at
from tests.factories import OfficeFactory

pytestmark = pytest.mark.usefixtures("db")
THIS = timezone.localdate().replace(day=1)
PAST = (THIS - datetime.timedelta(days=40)).replace(day=1)
MONTH = f"{PAST:%Y-%m}"
MIDDLE = timezone.make_aware(datetime.datetime.combine(PAST, datetime.time(12)))


@pytest.fixture
def log() -> list[int]:
    """Entries of a past month, among those of this one, under a head."""
    write(2)
    write_at(MIDDLE, 300)
    write(3)
    write_at(MIDDLE, 1)
    sequenced(306)
    publish()
    return entry_ids()


def archive(folder: Path, *more: str) -> Path:
    call_command("audit", "archive", MONTH, "--to", str(folder), *more)
    return folder / f"audit-{MONTH}.ndjson.gz"


def partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename = %s", [partition()])
        return [row[0] for row in cursor.fetchall()]


def partition() -> str:
    return f"audit_entry_{PAST:%Y_%m}"


def test_a_sealed_month_is_gone_and_the_rest_is_whole(log, tmp_path, capsys):
    archive(tmp_path)
    assert Entry.objects.filter(pk__in=log).count() == 5
    assert [partitions(), list(inspect())] == [[], []]
    assert list(MonthArchive.objects.get().leaves) == [2, 302, 305, 306]
    sequenced(308)
    publish()
    capsys.readouterr()
    call_command("audit", "verify", "--progress", str(tmp_path / "progress"))
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Sealed: {MONTH}, 301 entries."


def test_a_reader_is_told_which_months_are_no_longer_there(log, tmp_path, reader):
    archive(tmp_path, "--keep")
    assert removed(reader) == []
    drop_month(PAST)
    day = datetime.timedelta(days=1)
    assert removed(reader) == removed(reader, since=PAST + day, until=PAST + day) == [MONTH]
    assert removed(reader, since=THIS) == removed(reader, until=PAST - day) == []
    page = reader.get(reverse("audit:list"), headers={"Accept-Language": "en"}).text
    assert f"are not in this list:\n    {people_date(MONTH)}</p>" in page
    found = {"about": "office", "subject": OfficeFactory().pk, "since": PAST, "until": PAST}
    assert reader.get(reverse("audit:find"), found).context["removed"] == [MONTH]


def removed(reader: Client, **days: datetime.date) -> list[str]:
    return reader.get(reverse("audit:list"), days).context["removed"]


def test_sealing_and_removing_are_written_down(log, tmp_path):
    archive(tmp_path)
    written = Entry.objects.filter(action__startswith="audit.").order_by("at")
    assert [(entry.action, entry.details) for entry in written] == [
        (Action.AUDIT_SEALED, {"month": MONTH, "entries": 301}),
        (Action.AUDIT_DROPPED, {"month": MONTH, "entries": 301}),
    ]


def test_the_file_is_checked_against_the_kept_tree(log, tmp_path, capsys):
    path = archive(tmp_path)
    capsys.readouterr()
    call_command("audit", "check", str(path))
    assert capsys.readouterr().out == f"The file holds the 301 entries of {MONTH}.\n"


def test_the_file_is_checked_by_an_outsider(log, tmp_path):
    path = archive(tmp_path)
    script = Path(settings.BASE_DIR) / "docs" / "check_audit_export.py"
    key = public_key(head_of(None))
    command = [sys.executable, "-I", str(script), str(path), "--public-key", key]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own script
    assert [done.returncode, done.stdout.splitlines()[0]] == [0, "The export holds."]


def test_a_file_that_was_bent_is_refused(log, tmp_path):
    path = archive(tmp_path)
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    for bent in ([lines[1], lines[0], *lines[2:]], lines[:-1], [b"x\n"]):
        path.write_bytes(gzip.compress(b"".join(bent)))
        with pytest.raises(CommandError):
            call_command("audit", "check", str(path))


def test_what_is_left_is_provable_after_a_month_is_gone(log, tmp_path):
    archive(tmp_path)
    proof = prove_entry(Entry.objects.get(pk=log[303]))
    assert [proof["leaf_index"], proof["head"]["tree_size"]] == [303, 306]


def test_a_month_may_be_sealed_first_and_removed_later(log, tmp_path):
    archive(tmp_path, "--keep")
    assert [len(partitions()), list(inspect())] == [1, []]
    archive(tmp_path)
    assert partitions() == []
    with pytest.raises(CommandError, match="sealed already"):
        archive(tmp_path, "--keep")


@pytest.mark.parametrize("month", [THIS, (THIS + datetime.timedelta(days=40)).replace(day=1)])
def test_a_month_that_is_not_over_is_refused(log, tmp_path, month):
    with pytest.raises(CommandError, match="is over"):
        call_command("audit", "archive", f"{month:%Y-%m}", "--to", str(tmp_path))


@pytest.mark.parametrize("place_them", [False, True])
def test_entries_that_no_head_covers_are_not_sealed(log, tmp_path, place_them):
    write_at(MIDDLE, 1)
    if place_them:
        sequenced(307)
    with pytest.raises(CommandError, match="not under a signed head yet"):
        archive(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert [MonthArchive.objects.count(), Entry.objects.count()] == [0, 307]


def test_a_month_that_was_tampered_with_is_not_sealed(log, tmp_path):
    tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", (log[7],))
    with pytest.raises(CommandError, match="verify the log"):
        archive(tmp_path)


def test_the_database_removes_no_month_without_a_seal_or_beyond_it(log, tmp_path):
    drop = "SELECT audit_drop_month(%s)"
    with pytest.raises(DatabaseError, match="not archived"), transaction.atomic():
        connection.cursor().execute(drop, [PAST])
    archive(tmp_path, "--keep")
    write_at(MIDDLE, 1)
    with pytest.raises(DatabaseError, match="has 302 entries"), transaction.atomic():
        connection.cursor().execute(drop, [PAST])


def test_a_seal_made_by_hand_excuses_nothing(log, tmp_path):
    archive(tmp_path, "--keep")
    tamper("UPDATE audit_montharchive SET leaves = '{0,1,2,302,305,306}'")
    tamper("DELETE FROM audit_entry WHERE id = %s", (log[0],))
    found = [(finding.kind, finding.leaf) for finding in inspect()]
    assert found == [(Kind.ARCHIVE, None), (Kind.REMOVED, 0)]
