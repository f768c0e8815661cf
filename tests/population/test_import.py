"""A whole import, a second one with the differences, and the way back."""

import polars as pl
import pytest

from audit.models import Entry
from identity.numbers import laser_key, number_key
from population.imports import services
from population.models import ImportRun, PopulationRecord, RowBefore, RunState
from tests.population.files import people, register, write, zipped
from tests.population.runs import ACTOR, bring_in, counts, digest_of_file, digest_of_register

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")


def test_a_whole_file_becomes_the_register(tmp_path):
    rows = people(100)
    run = bring_in(write(tmp_path / "register.csv", rows))
    assert run.state == RunState.DONE
    assert counts(run) == {"rows": 100, "inserted": 100}
    assert run.chunks.count() > 2
    assert set(register()) == {number_key(row["number"]) for row in rows}


def test_a_row_opens_to_what_the_file_said(tmp_path):
    rows = people(3)
    bring_in(write(tmp_path / "register.csv", rows))
    record = PopulationRecord.objects.get(number_key=number_key(rows[1]["number"]))
    said = {name: rows[1][name] for name in record.person.as_json()}
    assert record.person.as_json() == said
    assert record.laser_key == laser_key(rows[1]["laser_code"])
    assert record.office_code == rows[1]["office_code"]
    assert record.birth_year == int(rows[1]["birth_date"][:4])


def test_the_table_and_the_file_have_the_same_digest_whatever_the_order(tmp_path):
    rows = people(60)
    first = bring_in(write(tmp_path / "register.csv", rows))
    digest = digest_of_register()
    assert digest == digest_of_file(first)
    services.roll_back(first, actor=ACTOR)
    second = bring_in(write(tmp_path / "turned.csv", rows[::-1]))
    assert digest_of_register() == digest_of_file(second) == digest


@pytest.mark.parametrize("kind", ["gzip", "parquet", "crlf", "bom", "more columns"])
def test_every_kind_of_file_gives_the_same_register(tmp_path, kind):
    rows = people(40)
    plain = write(tmp_path / "register.csv", rows)
    files = {
        "gzip": lambda: zipped(plain),
        "parquet": lambda: to_parquet(plain),
        "crlf": lambda: write(tmp_path / "crlf.csv", rows, end="\r\n"),
        "bom": lambda: write(tmp_path / "bom.csv", rows, encoding="utf-8-sig"),
        "more columns": lambda: write(
            tmp_path / "more.csv", [{"village": "", **row, "house": "12"} for row in rows]
        ),
    }
    first = bring_in(plain)
    expected = register()
    services.roll_back(first, actor=ACTOR)
    run = bring_in(files[kind]())
    assert counts(run) == {"rows": 40, "inserted": 40}
    assert register() == expected


def to_parquet(path):
    target = path.with_suffix(".parquet")
    pl.read_csv(path, infer_schema=False).write_parquet(target)
    return target


def test_a_newer_file_changes_what_differs(tmp_path):
    rows = people(50)
    bring_in(write(tmp_path / "register.csv", rows[:45]))
    rows[0] |= {"office_code": "5001" if rows[0]["office_code"] != "5001" else "1001"}
    rows[1] |= {"status": "deceased"}
    run = bring_in(write(tmp_path / "newer.csv", rows[:10] + rows[45:]))
    assert counts(run) == {"rows": 15, "inserted": 5, "changed": 2, "unchanged": 8}
    assert register()[number_key(rows[1]["number"])][0] == "deceased"
    assert len(register()) == 50


def test_whoever_a_complete_file_leaves_out_counts_as_removed(tmp_path):
    rows = people(50)
    bring_in(write(tmp_path / "register.csv", rows))
    run = bring_in(write(tmp_path / "newer.csv", rows[5:]), complete=True)
    assert counts(run) == {"rows": 45, "unchanged": 45, "removed": 5}
    removed = {key for key, (status, *_) in register().items() if status == "removed"}
    assert removed == {number_key(row["number"]) for row in rows[:5]}
    assert digest_of_register() == digest_of_file(run)


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write(tmp_path / "register.csv", people(30))
    bring_in(path)
    before = register()
    assert counts(bring_in(path)) == {"rows": 30, "unchanged": 30}
    assert register() == before


def test_rolling_back_restores_the_register_to_the_row(tmp_path):
    rows = people(50)
    bring_in(write(tmp_path / "register.csv", rows[:40]))
    before, digest = register(), digest_of_register()
    rows[3] |= {"status": "removed"}
    run = bring_in(write(tmp_path / "newer.csv", rows[2:]), complete=True)
    assert counts(run) == {
        "rows": 48, "inserted": 10, "changed": 1, "unchanged": 37, "removed": 2,
    }  # fmt: skip
    services.roll_back(run, actor=ACTOR)
    assert (register(), digest_of_register()) == (before, digest)
    assert RowBefore.objects.count() == 0


def test_rolling_back_the_first_import_leaves_an_empty_register(tmp_path):
    run = bring_in(write(tmp_path / "register.csv", people(20)))
    services.roll_back(run, actor=ACTOR)
    assert register() == {}
    assert ImportRun.objects.get().state == RunState.ROLLED_BACK


def test_only_the_newest_import_can_be_rolled_back(tmp_path):
    first = bring_in(write(tmp_path / "register.csv", people(20)))
    bring_in(write(tmp_path / "newer.csv", people(25)))
    with pytest.raises(services.ImportRefused):
        services.roll_back(first, actor=ACTOR)
    assert len(register()) == 25


def test_an_import_and_its_way_back_are_in_the_log_without_personal_data(tmp_path):
    run = bring_in(write(tmp_path / "register.csv", people(20)))
    services.roll_back(run, actor=ACTOR)
    entries = Entry.objects.about(run).order_by("id")
    assert [entry.action for entry in entries] == ["register.imported", "register.rolled_back"]
    assert entries[0].details == {
        "state": "done", "rows": 20, "rejected": 0, "inserted": 20, "changed": 0,
        "unchanged": 0, "removed": 0,
    }  # fmt: skip
