"""Proofs as an outsider gets and checks them, with the stand-alone script of the docs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit.heads import as_line, publish
from audit.models import Entry
from audit.proofs import NotProvable, leaf_index, prove_entry, prove_growth
from tests.audit.tree.logs import entry_ids, sequenced, write

pytestmark = pytest.mark.usefixtures("db")
SCRIPT = Path(settings.BASE_DIR) / "docs" / "check_audit_proof.py"


@pytest.fixture
def check(tmp_path):
    """`check(proof)`: what the script ends with and says."""

    def check(proof: dict, *more: str) -> tuple[int, str]:
        path = tmp_path / "proof.json"
        path.write_text(json.dumps(proof))
        key = ["--public-key", proof["public_key"]]
        command = [sys.executable, "-I", str(SCRIPT), str(path), *key, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own script
        return done.returncode, (done.stdout or done.stderr).splitlines()[0]

    return check


@pytest.fixture
def entries() -> list[Entry]:
    """300 entries under a head, 20 more under a second one."""
    for number in (300, 20):
        write(number)
        sequenced(Entry.objects.count())
        publish()
    by_number = Entry.objects.in_bulk()
    return [by_number[number] for number in entry_ids()]


def test_every_entry_knows_its_place(entries):
    assert [leaf_index(entry) for entry in entries] == list(range(320))


@pytest.mark.parametrize(("index", "under"), [(0, None), (255, None), (319, None), (299, 300)])
def test_an_entry_is_proven_to_somebody_who_trusts_only_the_key(entries, check, index, under):
    assert check(prove_entry(entries[index], under=under)) == (0, "The proof holds.")


def test_growth_is_proven_to_somebody_who_trusts_only_the_key(entries, check):
    proofs = [prove_growth(300), prove_growth(320), prove_growth(300, under=300)]
    assert [check(proof) for proof in proofs] == [(0, "The proof holds.")] * 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("leaf", "dopa-audit-1\x1fother"), ("leaf_index", 6), ("inclusion_path", [])],
)
def test_a_proof_that_was_bent_does_not_hold(entries, check, field, value):
    code, said = check(prove_entry(entries[5]) | {field: value})
    assert [code, said[:24]] == [1, "The proof does not hold:"]


def test_a_head_that_was_bent_does_not_hold(entries, check):
    proof = prove_entry(entries[5])
    proof["head"]["timestamp"] += 1
    said = "The proof does not hold: the head of 320 leaves is not signed by this key."
    assert check(proof) == (1, said)


def test_a_proof_has_to_fit_what_the_witness_kept(entries, check, tmp_path):
    kept = tmp_path / "heads.ndjson"
    proof = prove_entry(entries[5])
    said = []
    for head in (prove_entry(entries[5], under=300)["head"], proof["head"]):
        kept.write_text(json.dumps(head))
        said.append(check(proof, "--head", str(kept)))
    assert said == [
        (1, "The proof does not hold: the witness has no head of this proof."),
        (0, "The proof holds."),
    ]


def test_an_entry_without_a_place_or_a_head_is_not_provable(entries):
    [fresh] = write(1)
    with pytest.raises(NotProvable, match="no place"):
        prove_entry(fresh)
    sequenced(321)
    with pytest.raises(NotProvable, match="not covered"):
        prove_entry(fresh)
    with pytest.raises(NotProvable, match="not covered"):
        prove_entry(entries[310], under=300)


def test_the_command_prints_a_proof_that_holds(entries, check, capsys):
    call_command("audit", "prove", str(entries[7].pk))
    by_number = json.loads(capsys.readouterr().out)
    call_command("audit", "prove", "--since", "300")
    since = json.loads(capsys.readouterr().out)
    assert [check(by_number), check(since)] == [(0, "The proof holds.")] * 2
    with pytest.raises(CommandError, match="no head of 7 leaves"):
        call_command("audit", "prove", "--since", "7")


def test_a_line_of_a_witness_is_the_head_of_a_proof(entries):
    assert json.loads(as_line(publish())) == prove_entry(entries[0])["head"]
