"""A search as a file: what an outsider finds in it, and what happens to one that was bent."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.heads import publish
from audit.models import Entry
from audit.models.searches import About
from audit.proofs import head_of, public_key
from audit.search.files import _signed, file_of, safe_cell
from audit.search.query import Search
from audit.search.subjects import Subject
from audit.services import Actor, record
from core.tables import FORMULA
from tests.audit.tree.logs import sequenced, tamper, write
from tests.audit.tree.test_reading import outside
from tests.factories import EnrollmentFactory, OfficerFactory

pytestmark = pytest.mark.usefixtures("db")
SCRIPT = "check_audit_search.py"


@pytest.fixture
def officer():
    return OfficerFactory(name="=HYPERLINK(1)")


@pytest.fixture
def asked(officer, reader) -> dict[str, str]:
    """Five entries of the officer among others, all under a head, and one that is too new."""
    write(3)
    for _each in range(5):
        record(Action.CASE_SEARCHED, None, actor=Actor.officer(officer))
        write(1)
    sequenced(Entry.objects.count())
    publish()
    record(Action.CASE_SEARCHED, None, actor=Actor.officer(officer))
    return {"about": "officer", "subject": str(officer.pk)}


@pytest.fixture
def saved(asked, reader, tmp_path) -> Path:
    answer = reader.post(reverse("audit:find_file"), asked)
    assert answer["Content-Type"] == "application/zip"
    path = tmp_path / "search.zip"
    path.write_bytes(answer.content)
    return path


def parts(path: Path) -> tuple[bytes, dict]:
    with zipfile.ZipFile(path) as file:
        return file.read("entries.csv"), json.loads(file.read("proof.json"))


def written(path: Path, table: bytes, proof: dict) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("entries.csv", table)
        file.writestr("proof.json", json.dumps(proof))


def checked(path: Path) -> tuple[int, str]:
    return outside(SCRIPT, str(path), "--public-key", public_key(head_of(None)))


def test_a_file_holds_for_an_outsider_and_says_what_it_leaves_out(saved, officer):
    assert checked(saved) == (0, "The search holds.")
    _table, proof = parts(saved)
    assert [proof["manifest"]["count"], proof["manifest"]["not_yet_signed"]] == [5, 1]
    entry = Entry.objects.get(action=Action.AUDIT_EXPORTED)
    assert [entry.details["by_subject"], entry.details["entries"]] == [str(officer.pk), 5]


def test_it_holds_only_with_a_head_that_the_witness_has(saved, tmp_path):
    heads = tmp_path / "heads.ndjson"
    heads.write_text(json.dumps({**parts(saved)[1]["manifest"]["head"], "timestamp": 1}))
    key = public_key(head_of(None))
    said = outside(SCRIPT, str(saved), "--public-key", key, "--head", str(heads))
    assert said == (1, "The search does not hold: the witness does not have the head.")


def test_no_cell_is_a_formula_and_nothing_is_lost(saved):
    rows = list(csv.reader(io.StringIO(parts(saved)[0].decode("utf-8-sig"))))
    assert rows[1][0].startswith("'=HYPERLINK(1)")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    texts = ["=1", "+1", "-1", "@a", "\t", "'a", "a"]
    assert [safe_cell(text).removeprefix("'") for text in texts] == texts
    assert all(safe_cell(f"{mark}1").startswith("'") for mark in FORMULA)  # in full width, too


def test_every_way_to_bend_a_file_is_found(saved):
    table, proof = parts(saved)
    *lines, _end = table.split(b"\r\n")
    bent = {
        "a row changed": table.replace(b"case.searched", b"case.viewed", 1),
        "a row dropped": b"\r\n".join([*lines[:2], *lines[3:], b""]),
        "a row doubled": b"\r\n".join([*lines, lines[-1], b""]),
        "rows in another order": b"\r\n".join([lines[0], lines[2], lines[1], *lines[3:], b""]),
        "a sentence changed": table.replace(b"searched cases", b"slept", 1),
    }
    assert table not in bent.values()
    for what, other in bent.items():
        written(saved, other, proof)
        assert (what, checked(saved)[0]) == (what, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("count", 4), ("not_yet_signed", 0), ("filter", {"any": [{}], "action": ""})],
)
def test_a_changed_filter_or_number_is_found(saved, name, value):
    table, proof = parts(saved)
    proof["manifest"][name] = value
    written(saved, table, proof)
    assert checked(saved) == (1, "The search does not hold: the search is not signed by this key.")


def test_what_the_portal_itself_signs_wrongly_is_found(saved):
    """With the signing key, but against the tree: rows that are not what was searched for."""
    table, proof = parts(saved)
    manifest = proof["manifest"] | {"filter": proof["manifest"]["filter"] | {"action": "x"}}
    written(saved, table, proof | _signed(manifest))
    code, said = checked(saved)
    assert [code, said.endswith("is not what was searched for.")] == [1, True]


@pytest.fixture
def narrow(asked, reader, tmp_path) -> Path:
    """The file of two new photos asked for because nobody alive was seen, by either who asks."""
    case, who = EnrollmentFactory(), Actor.system("test")
    before = Entry.objects.count()
    with transaction.atomic():
        for told in ({"why": "not_live"}, {"why": "challenge"}, {"reason_code": "not_live"}):
            record(Action.ASK_RETAKE, case, actor=who, **told)
    sequenced(before + 3)
    publish()
    wanted = {"about": "case", "subject": str(case.pk), "detail": "reason_code:not_live"}
    path = tmp_path / "narrow.zip"
    path.write_bytes(reader.post(reverse("audit:find_file"), wanted).content)
    return path


def test_a_search_narrowed_by_a_detail_holds_and_its_proof_says_so(narrow):
    assert checked(narrow) == (0, "The search holds.")
    manifest = parts(narrow)[1]["manifest"]
    assert manifest["count"] == 2
    assert manifest["filter"]["detail"] == {
        "keys": ["why", "reason_code"],
        "values": ["not_live"],
    }
    entry = Entry.objects.get(action=Action.AUDIT_EXPORTED)
    assert entry.details["by_detail"] == "reason_code:not_live"


@pytest.mark.parametrize(
    "told",
    [
        {"keys": ["why", "reason_code"], "values": ["challenge"]},
        {"keys": ["reason_code"], "values": ["not_live"]},
        {"keys": [], "values": ["not_live"]},
    ],
)
def test_a_row_that_does_not_tell_the_detail_is_found(narrow, told):
    """Signed by the portal itself: a row has to fit what the file says was searched for."""
    table, proof = parts(narrow)
    manifest = proof["manifest"] | {"filter": proof["manifest"]["filter"] | {"detail": told}}
    written(narrow, table, proof | _signed(manifest))
    code, said = checked(narrow)
    assert [code, said.endswith("is not what was searched for.")] == [1, True]


def test_an_entry_changed_in_the_database_is_not_under_the_head(asked, reader, tmp_path, officer):
    tampered = Entry.objects.filter(actor_id=officer.pk).earliest("id")
    tamper("UPDATE audit_entry SET office = '9999' WHERE id = %s", (tampered.pk,))
    path = tmp_path / "search.zip"
    path.write_bytes(reader.post(reverse("audit:find_file"), asked).content)
    assert checked(path) == (
        1,
        f"The search does not hold: entry {tampered.pk} is not under the signed head.",
    )


def test_too_much_for_one_file_is_told_and_no_file_comes(asked, reader, settings):
    settings.AUDIT_SEARCH = settings.AUDIT_SEARCH | {"file": 5}
    answer = reader.post(reverse("audit:find_file"), asked, headers={"Accept-Language": "en"})
    assert [answer.status_code, answer.url.partition("?")[0]] == [302, reverse("audit:find")]
    assert not Entry.objects.filter(action=Action.AUDIT_EXPORTED).exists()


def test_an_empty_search_holds_too(asked, officer):
    today = timezone.localdate()
    other = OfficerFactory()
    _file, count = file_of(Search(Subject(About.OFFICER, str(other.pk)), today, today))
    assert count == 0


def test_what_is_typed_by_hand_gives_no_file(asked, reader):
    bent = [{"subject": "Somchai"}, {"since": "2020-10-01"}, {"action": "x"}]
    answers = [reader.post(reverse("audit:find_file"), asked | one) for one in bent]
    assert [answer.status_code for answer in answers] == [404] * 3
