"""An entry's page, the proofs by API, the signed export: as an auditor and an outsider get them."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.exports import is_signed, leaf_of
from audit.heads import publish
from audit.merkle import leaf_hash
from audit.models import Entry
from audit.proofs import head_of, public_key
from audit.tiles import Tree
from tests.audit.tree.logs import entry_ids, sequenced, tamper, write

pytestmark = pytest.mark.usefixtures("db")
DOCS = Path(settings.BASE_DIR) / "docs"


@pytest.fixture
def log() -> list[int]:
    """Five entries under a head, then three more under a second one."""
    for size in (5, 3):
        write(size)
        sequenced(Entry.objects.count())
        publish()
    return entry_ids()


def outside(script: str, *arguments: str) -> tuple[int, str]:
    """What a script of the docs ends with and says first, run without the project."""
    command = [sys.executable, "-I", str(DOCS / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own script
    return done.returncode, (done.stdout or done.stderr).splitlines()[0]


def test_an_entrys_page_says_which_it_is_and_that_it_holds(log, reader):
    answer = reader.get(reverse("audit:entry", args=[log[3]]), headers={"Accept-Language": "en"})
    assert "This entry is number 4 of the 8 in the log" in answer.content.decode()
    assert answer.context["proof"].holds
    seen = Entry.objects.get(action=Action.AUDIT_VIEWED)
    assert [seen.subject_type, seen.subject_id] == ["audit.entry", str(log[3])]


def test_an_entrys_page_says_that_it_was_changed(log, reader):
    tamper("UPDATE audit_entry SET office = '9999' WHERE id = %s", (log[3],))
    answer = reader.get(reverse("audit:entry", args=[log[3]]), headers={"Accept-Language": "en"})
    assert "This entry is not what was signed" in answer.content.decode()


def test_an_entry_without_a_place_has_no_proof_yet(log, reader):
    [fresh] = write(1)
    answer = reader.get(reverse("audit:entry", args=[fresh.pk]))
    assert [answer.status_code, answer.context["proof"]] == [200, None]


def test_a_proof_from_the_api_holds_for_an_outsider(log, reader, tmp_path):
    proof = reader.get(reverse("audit_api:inclusion", args=[log[1]]), {"under": 5})
    path = tmp_path / "proof.json"
    path.write_bytes(proof.content)
    key = reader.get(reverse("audit_api:head")).json()["public_key"]
    checked = outside("check_audit_proof.py", str(path), "--public-key", key)
    assert [checked, proof.json()["head"]["tree_size"]] == [(0, "The proof holds."), 5]


def test_growth_is_proven_to_everybody(client, log, tmp_path):
    proof = client.get(reverse("audit_api:consistency"), {"since": 5})
    path = tmp_path / "proof.json"
    path.write_bytes(proof.content)
    key = proof.json()["public_key"]
    checked = outside("check_audit_proof.py", str(path), "--public-key", key)
    assert checked == (0, "The proof holds.")


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"since": 4}, 404), ({}, 400), ({"since": "x"}, 400), ({"since": 9}, 404)],
)
def test_what_no_head_covers_is_not_proven(client, log, asked, status):
    assert client.get(reverse("audit_api:consistency"), asked).status_code == status


def test_a_proof_is_for_readers_of_the_log_alone(client, log):
    address = reverse("audit_api:inclusion", args=[log[1]])
    assert client.get(address).status_code == 403


@pytest.fixture
def exported(log, reader, tmp_path) -> Path:
    today = timezone.localdate()
    answer = reader.post(reverse("audit:export"), {"since": today, "until": today})
    path = tmp_path / "audit.ndjson"
    path.write_bytes(b"".join(answer))
    return path


def test_an_export_holds_every_entry_of_the_period_and_is_signed(exported, log):
    *lines, last = exported.read_bytes().splitlines()
    whole = json.loads(last)
    manifest = whole["manifest"]
    taken = Entry.objects.get(action=Action.AUDIT_EXPORTED)
    by_time = Entry.objects.order_by("at", "id").values_list("id", flat=True)
    assert [json.loads(line)["id"] for line in lines] == [str(pk) for pk in by_time]
    assert is_signed(manifest, bytes.fromhex(whole["signature"]))
    assert manifest["count"] == len(lines) == len(log) + 2  # signing in, and the export
    today = str(timezone.localdate())
    assert taken.details == {"since": today, "until": today}


def test_a_line_of_an_export_is_the_leaf_of_the_tree(exported):
    leaves = [leaf_hash(leaf_of(line)) for line in exported.read_bytes().splitlines()[:8]]
    assert leaves == [Tree().perfect(index, 1) for index in range(8)]


def test_an_export_is_checked_by_an_outsider(exported):
    arguments = [str(exported), "--public-key", public_key(head_of(None))]
    assert outside("check_audit_export.py", *arguments) == (0, "The export holds.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"nth": 2', b'"nth": 7'),
        (b'"count": 10', b'"count": 8'),
        (b"case.searched", b"case.viewed"),
    ],
)
def test_an_export_that_was_bent_does_not_hold(exported, old, new):
    text = exported.read_bytes()
    old, new = (old, new) if old in text else (old.replace(b'"', b'\\"'), new.replace(b'"', b'\\"'))
    assert old in text
    exported.write_bytes(text.replace(old, new, 1))
    code, said = outside(
        "check_audit_export.py", str(exported), "--public-key", public_key(head_of(None))
    )
    assert [code, said[:24]] == [1, "The export does not hold"]


def test_an_export_asks_for_days_that_make_sense(reader):
    today = timezone.localdate()
    days = [
        {"since": today, "until": today - datetime.timedelta(days=1)},
        {"since": today - datetime.timedelta(days=400), "until": today},
        {},
    ]
    answers = [reader.post(reverse("audit:export"), asked).status_code for asked in days]
    assert [answers, Entry.objects.filter(action=Action.AUDIT_EXPORTED).count()] == [[422] * 3, 0]
