"""Files that are wrong as a whole, and files with wrong lines."""

import gzip
import io

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from identity.numbers import number_key
from population.imports.dry_run import try_out
from population.imports.staging import REGISTER
from population.models import ImportRun, RunState
from tests.population.files import people, register, staging_tables, write, zipped
from tests.population.runs import bring_in, counts

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")


def parquet_of(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def broken(folder, kind):
    rows = people(90)
    plain = write(folder / "register.csv", rows)
    text = plain.read_text()
    lines = text.splitlines(keepends=True)
    contents = {
        "windows-874": text.encode("cp874"),
        "one line in windows-874": text.encode().replace(
            lines[70].encode(), lines[70].encode("cp874")
        ),
        "a missing column": write(
            folder / "other.csv", [{k: v for k, v in row.items() if k != "status"} for row in rows]
        ).read_bytes(),
        "a line break within quotes": text.replace(rows[50]["number"], '"a\nb"').encode(),
        "a quote that is not closed": text.replace(
            rows[80]["number"], '"' + rows[80]["number"]
        ).encode(),
        "a line without end": lines[0].encode() + text.replace("\n", " ").encode(),
        "empty": b"",
        "a header only": lines[0].encode(),
        "a truncated gzip": zipped(plain).read_bytes()[:-200],
        "a damaged gzip": gzip.compress(text.encode())[:300] + b"\0" * 300,
        "no CSV at all": b"\x89PNG\r\n\x1a\n" + bytes(5000),
        "a broken parquet": b"PAR1" + bytes(500),
        "a parquet without a column": parquet_of(pl.DataFrame(rows).drop("status")),
        "a parquet without rows": parquet_of(pl.DataFrame(rows).clear()),
    }  # fmt: skip
    path = folder / "broken.csv"
    path.write_bytes(contents[kind])
    return path


WORDS = {
    "windows-874": "Windows-874",
    "one line in windows-874": "Line 71 is not UTF-8",
    "a missing column": "Columns are missing: status.",
    "a line break within quotes": "goes over several lines",
    "a quote that is not closed": "are no CSV. Look for a quotation mark",
    "a line without end": "Line 2 has no end.",
    "empty": "The file is empty.",
    "a header only": "a header and no rows",
    "a truncated gzip": "cut off or damaged",
    "a damaged gzip": "cut off or damaged",
    "no CSV at all": "not UTF-8",
    "a broken parquet": "Parquet file cannot be read",
    "a parquet without a column": "Columns are missing: status.",
    "a parquet without rows": "a header and no rows",
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_broken_file_is_refused_in_words_and_nothing_is_loaded(tmp_path, kind):
    run = bring_in(broken(tmp_path, kind))
    assert run.state == RunState.FAILED
    assert WORDS[kind] in run.message
    assert not any(row["last_name_th"] in run.message for row in people(90))
    assert register() == {}
    assert staging_tables() == set()


def test_a_broken_file_leaves_the_register_as_it_was(tmp_path):
    bring_in(write(tmp_path / "register.csv", people(20)))
    before = register()
    bring_in(broken(tmp_path, "a truncated gzip"))
    assert register() == before


def test_the_command_says_what_is_wrong_and_fails(tmp_path):
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(CommandError, match=r"^The file is empty\.$"):
        call_command("import_population", path, workers=0)


FAULTS = {
    "empty": {"first_name_th": "  "},
    "number_form": {"number": "12345678901234"},
    "check_digit": {"number": "1234567890123"},
    "too_long": {"last_name_en": "x" * 81},
    "birth_date": {"birth_date": "1981-02-30"},
    "office": {"office_code": "9999"},
    "status": {"status": "asleep"},
    "laser_code": {"laser_code": "12345"},
}


def test_wrong_lines_are_rejected_by_line_and_reason_and_the_others_loaded(tmp_path):
    rows = people(90)
    for place, fault in enumerate(FAULTS.values()):
        rows[place * 10] |= fault
    run = bring_in(write(tmp_path / "register.csv", rows))
    assert counts(run) == {"rows": 82, "rejected": 8, "inserted": 82}
    found = list(run.rejected_rows.values_list("line", "reason"))
    assert found == [(place * 10 + 2, reason) for place, reason in enumerate(FAULTS)]


def test_thai_digits_and_values_too_many_are_rejected(tmp_path):
    rows = people(5)
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    rows[1]["number"] = rows[1]["number"][0] + rows[1]["number"][1:].translate(thai)
    rows[2]["birth_date"] = "19" + rows[2]["birth_date"][2:].translate(thai)
    path = write(tmp_path / "register.csv", rows)
    lines = path.read_text().splitlines()
    lines[4] += ",one more"
    path.write_text("\n".join(lines))
    run = bring_in(path)
    expected = [(3, "number_form"), (4, "birth_date"), (5, "columns")]
    assert list(run.rejected_rows.values_list("line", "reason")) == expected


def test_the_first_of_two_lines_with_a_number_counts(tmp_path):
    rows = people(60)
    twin = rows[2] | {"status": "deceased"}
    run = bring_in(write(tmp_path / "register.csv", [*rows, twin, twin]))
    assert counts(run) == {"rows": 62, "rejected": 2, "inserted": 60}
    assert list(run.rejected_rows.values_list("line", "reason")) == [
        (62, "twice_in_file"),
        (63, "twice_in_file"),
    ]
    assert register()[number_key(twin["number"])][0] == "alive"


def test_twins_are_rejected_in_a_later_file_as_well(tmp_path):
    rows = people(30)
    bring_in(write(tmp_path / "register.csv", rows))
    newer = rows[2] | {"status": "deceased"}
    run = bring_in(write(tmp_path / "newer.csv", [newer, rows[2]]))
    assert counts(run) == {"rows": 2, "rejected": 1, "changed": 1}
    assert register()[number_key(newer["number"])][0] == "deceased"


def test_a_dry_run_reports_and_loads_nothing(tmp_path):
    rows = people(30)
    rows[4] |= FAULTS["office"]
    report = try_out(write(tmp_path / "register.csv", rows))
    assert report.splitlines()[0] == "29 rows can be loaded, 1 would be rejected"
    assert "(first in line 6)" in report
    assert not ImportRun.objects.exists()
    assert REGISTER == "population_record"
    assert register() == {}
