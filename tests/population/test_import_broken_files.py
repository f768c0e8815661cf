"""Files that are wrong as a whole, and files with wrong lines."""

import gzip
import io

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from identity.numbers import number_key
from population.imports.dry_run import try_out
from population.imports.missing import removes_nobody
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
    assert WORDS[kind] in run.message_in_words
    assert not any(row["last_name_th"] in run.message_in_words for row in people(90))
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


def test_values_too_many_are_rejected(tmp_path):
    path = write(tmp_path / "register.csv", people(5))
    lines = path.read_text().splitlines()
    lines[4] += ",one more"
    path.write_text("\n".join(lines))
    run = bring_in(path)
    assert list(run.rejected_rows.values_list("line", "reason")) == [(5, "columns")]


def test_of_lines_with_one_number_none_counts(tmp_path):
    rows = people(60)
    twin = rows[2] | {"status": "deceased"}
    path = write(tmp_path / "register.csv", [*rows, twin, twin])
    assert try_out(path).splitlines()[0] == "59 rows can be loaded, 3 would be rejected"
    run = bring_in(path)
    assert counts(run) == {"rows": 62, "rejected": 3, "inserted": 59}
    assert list(run.rejected_rows.values_list("line", "reason")) == [
        (line, "twice_in_file") for line in (4, 62, 63)
    ]
    assert number_key(twin["number"]) not in register()


def test_twins_in_a_later_file_leave_the_person_as_they_are(tmp_path):
    rows = people(30)
    bring_in(write(tmp_path / "register.csv", rows))
    newer = rows[2] | {"status": "deceased"}
    run = bring_in(write(tmp_path / "newer.csv", [newer, rows[2]]))
    assert counts(run) == {"rows": 2, "rejected": 2}
    assert register()[number_key(newer["number"])][0] == "alive"


@pytest.mark.parametrize("filled", [False, True])
def test_a_line_whose_number_stands_in_a_rejected_one_does_not_count(tmp_path, filled):
    rows = people(30)
    if filled:
        bring_in(write(tmp_path / "register.csv", rows[:10]))
    asleep = rows[12] | {"status": "asleep"}
    path = write(tmp_path / "newer.csv", [*rows, asleep])
    assert try_out(path).splitlines()[0] == "29 rows can be loaded, 2 would be rejected"
    run = bring_in(path)
    reasons = list(run.rejected_rows.values_list("line", "reason"))
    assert reasons == [(14, "twice_in_file"), (32, "status")]
    assert number_key(asleep["number"]) not in register()


RUBBISH = {
    "question marks": ({"last_name_en": "???????"}, "script"),
    "thai question marks": ({"first_name_th": "???????"}, "script"),
    "replaced letters": ({"first_name_th": "ม\ufffdลี"}, "unreadable"),
    "a zero-width space alone": ({"last_name_th": "\u200b"}, "unreadable"),
    "a null character": ({"first_name_en": "Ma\0lee"}, "unreadable"),
    "utf-8 as windows-874": ({"first_name_th": "เธกเธฒ"}, "unreadable"),
    "utf-8 as latin-1": ({"first_name_th": "มาลี".encode().decode("latin-1")}, "script"),
    "the same in english": ({"last_name_en": "à¸ªà¸ª"}, "unreadable"),
    "tis-620 as latin-1": ({"first_name_th": "มาลี".encode("tis-620").decode("latin-1")}, "script"),
    "a title as long as a name": ({"title_th": "พระ" * 14}, "too_long"),
    "the same of one": ({"title_en": "M" * 41}, "too_long"),
    "english where thai has to be": ({"first_name_th": "Malee"}, "script"),
    "a vowel without a letter": ({"last_name_th": "ิิิ"}, "script"),
    "markup": ({"first_name_en": "<b>Malee</b>"}, "script"),
    "a birth date to come": ({"birth_date": "2099-01-01"}, "not_yet_born"),
    "a buddhist year": ({"birth_date": "2524-02-12"}, "buddhist_year"),
    "a buddhist year alone in thai digits": ({"birth_date": "๒๕๒๔"}, "buddhist_year"),
    "an age of 140": ({"birth_date": "1886"}, "too_old"),
    "rounded by a spreadsheet": ({"number": "3.1E+12"}, "spreadsheet"),
}


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_is_rejected_and_leaves_the_person_as_they_are(tmp_path, kind):
    rows = people(20)
    bring_in(write(tmp_path / "register.csv", rows))
    before = register()
    fault, reason = RUBBISH[kind]
    rows[3] |= fault
    run = bring_in(write(tmp_path / "newer.csv", rows), complete=True)
    assert list(run.rejected_rows.values_list("line", "reason")) == [(5, reason)]
    assert (run.changed, run.removed) == (0, 0)
    assert register() == before


def test_what_is_only_written_otherwise_changes_nobody(tmp_path):
    rows = people(6)
    rows[0] |= {"first_name_th": "น้ำแก้ว", "last_name_th": "", "last_name_en": ""}
    rows[1] |= {"birth_date": "1952-03", "office_code": "3801", "first_name_en": "Zoe"}
    bring_in(write(tmp_path / "register.csv", rows))
    rows[0] |= {"first_name_th": "น\u0e4d\u0e49าเเก้ว", "last_name_th": "-", "last_name_en": "—"}
    rows[1] |= {"birth_date": "1952-03-00", "office_code": "4303", "first_name_en": "Zoë"}
    assert counts(bring_in(write(tmp_path / "other.csv", rows))) == {"rows": 6, "unchanged": 6}


def test_rejected_lines_remove_nobody_they_may_be_about(tmp_path):
    rows = [row | {"office_code": "1206"} for row in people(8)]
    rows[6] |= {"office_code": "1001"}
    bring_in(write(tmp_path / "register.csv", rows))
    partly = [*rows[:2], rows[2] | {"status": "asleep"}, *rows[4:6], rows[7]]
    run = bring_in(write(tmp_path / "newer.csv", partly), complete=True)
    gone = {key for key, row in register().items() if row[0] == "removed"}
    assert gone == {number_key(rows[place]["number"]) for place in (3, 6)}
    assert [run.rejected, run.removed, removes_nobody(run)] == [1, 2, False]


@pytest.mark.parametrize("office", ["1206", "1001", "9999"])
def test_whoever_moved_and_cannot_be_read_is_not_removed(tmp_path, office):
    """Nor anybody else: a line without a number may be about anybody."""
    rows = [row | {"office_code": "1206"} for row in people(8)]
    bring_in(write(tmp_path / "register.csv", rows))
    moved = rows[3] | {"number": "1234567890123", "office_code": office}
    run = bring_in(write(tmp_path / "newer.csv", [*rows[:3], moved]), complete=True)
    assert [run.rejected, run.removed, removes_nobody(run)] == [1, 0, True]


def test_a_dry_run_reports_and_loads_nothing(tmp_path):
    rows = people(30)
    rows[4] |= FAULTS["office"]
    report = try_out(write(tmp_path / "register.csv", rows))
    assert report.splitlines()[0] == "29 rows can be loaded, 1 would be rejected"
    assert "(first in line 6)" in report
    assert not ImportRun.objects.exists()
    assert REGISTER == "population_record"
    assert register() == {}
