"""Files as other people's tools write them, read where that is sure and else refused in words."""

import csv
import io
import shutil
import subprocess

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.services import run_import
from population.imports import formats, steering
from population.imports.contract import COLUMNS, BadFile
from population.imports.dry_run import try_out
from population.imports.formats import Converted, FileFormat, format_of, in_words
from population.models import ImportRun, RunState
from tests.factories import PilotImportFactory
from tests.pilot.files import known_people, of_the_pilot
from tests.population.files import people, register, write, zipped
from tests.population.runs import ACTOR, KillAfter, Killed, bring_in, counts

ROWS = people(90)
files = pytest.mark.usefixtures("offices", "small_chunks")


def plain(rows=ROWS, **dialect) -> str:
    """As Python's csv module writes for Excel, or as told."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def by_polars(**how) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(ROWS).write_csv(out, **how)
    return out.getvalue()


def by_iconv(encoding: str) -> bytes:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("there is no iconv here")
    command = [iconv, "-f", "UTF-8", "-t", encoding]
    return subprocess.run(command, input=plain().encode(), capture_output=True, check=True).stdout  # noqa: S603 - the system's own


WRITTEN = {
    "Excel, CSV UTF-8": lambda: plain().encode("utf-8-sig"),
    "Excel, CSV of a Thai Windows": lambda: plain().encode("cp874"),
    "Excel, semicolons": lambda: plain(delimiter=";").encode("utf-8-sig"),
    "Excel, Unicode text": lambda: plain(dialect="excel-tab").encode("utf-16"),
    "Excel told by sep=": lambda: ("sep=;\r\n" + plain(delimiter=";")).encode("utf-8-sig"),
    "Excel for Mac, CR alone": lambda: plain(lineterminator="\r").encode(),
    "LibreOffice, all quoted": lambda: plain(quoting=csv.QUOTE_ALL, lineterminator="\n").encode(),
    "polars, vertical bars": lambda: by_polars(separator="|"),
    "polars, a mark": lambda: by_polars(include_bom=True, line_terminator="\r\n"),
    "iconv, TIS-620": lambda: by_iconv("TIS-620"),
    "iconv, UTF-16 big-endian without a mark": lambda: by_iconv("UTF-16BE"),
    "iconv, UTF-16 little-endian without a mark": lambda: by_iconv("UTF-16LE"),
    "iconv, UTF-32": lambda: by_iconv("UTF-32"),
    "Windows-874 and CR alone": lambda: plain(delimiter="\t", lineterminator="\r").encode("cp874"),
    "DOS, ^Z on its own": lambda: plain().encode() + b"\x1a",
    "DOS, ^Z on the last line": lambda: plain().encode().rstrip() + b"\x1a",
    "blank lines": lambda: plain().encode() + b"\r\n \r\n\r\n",
    "rows that were emptied in a spreadsheet": lambda: plain().encode() + b",,,,,,,,,,\r\n" * 900,
    "^Z and blank lines": lambda: plain().encode() + b"\r\n\x1a\r\n",
    "blank lines between": lambda: plain().replace("\r\n", "\r\n\r\n").encode(),
}


@files
@pytest.mark.parametrize("tool", WRITTEN)
def test_other_tools_files_give_the_same_register(tmp_path, tool):
    bring_in(write(tmp_path / "plain.csv", ROWS))
    before = register()
    path = tmp_path / "register.csv"
    path.write_bytes(WRITTEN[tool]())
    for one in (path, zipped(path)):
        run = bring_in(one)
        assert (run.state, run.message) == (RunState.DONE, "")
        assert counts(run) == {"rows": 90, "unchanged": 90}
    assert try_out(path) == "90 rows can be loaded, 0 would be rejected"
    assert register() == before


@files
@pytest.mark.parametrize("tool", ["Excel, Unicode text", "blank lines between", "iconv, TIS-620"])
def test_a_killed_import_of_such_a_file_goes_on_by_line(tmp_path, tool):
    path = tmp_path / "register.csv"
    text = WRITTEN[tool]()
    path.write_bytes(text[: len(text) // 4 * 4 - 40])  # ends in the middle of the last line
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(2))
    ImportRun.objects.update(bytes_done=0)
    run = bring_in(path, resume=True)
    spread = 2 if tool == "blank lines between" else 1
    assert counts(run) == {"rows": 89, "rejected": 1, "inserted": 89}
    assert run.rejected_rows.get().line == 2 + spread * 89 + (spread - 1)
    assert sum(run.chunks.values_list("blank", flat=True)) == (spread - 1) * 90


@files
def test_a_resumed_import_reads_as_it_did_at_first(tmp_path, monkeypatch):
    path = tmp_path / "register.csv"
    path.write_bytes(plain(delimiter=";").encode("cp874"))
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(1))
    monkeypatch.setattr("population.imports.services.find_format", None)
    run = bring_in(path, resume=True)
    assert counts(run) == {"rows": 90, "inserted": 90}
    assert in_words(run.file_format) == "CSV, Windows-874 (TIS-620), semicolons"


@files
def test_the_pilot_reads_them_too(tmp_path):
    text = plain([of_the_pilot(row) for row in known_people(5)], delimiter=";")
    path = tmp_path / "pilot.csv"
    path.write_bytes(text.encode("cp874"))
    done = run_import(PilotImportFactory(), path, actor=ACTOR)
    assert (done.matched, done.rejected, done.message) == (5, 0, "")


TEXT = plain(ROWS[:20])
REFUSED = {
    "a workbook": (b"PK\x03\x04" + bytes(90), "a workbook or a ZIP"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(90), "a workbook or a ZIP"),
    "an unknown separator": (b"sep=!\n" + TEXT.replace(",", "!").encode(), "Line 1 names a sep"),
    "a separator that is not said": (TEXT.replace(",", "!").encode(), "Columns are missing: num"),
    "a column twice": (TEXT.replace("status", "number", 1).replace("laser_code", "status", 1)
                       .replace("status\r", "status,laser_code\r", 1).encode(),
                       "Columns are there twice: number."),
    "western letters": (TEXT.encode("cp874").replace("นาย".encode("cp874"), b"Se\xf1or")
                        .replace("นาง".encode("cp874"), b"Se\xf1ora")
                        .replace("น.ส.".encode("cp874"), b"Fr\xe4ulein"), "it names no people"),
    "one line of another encoding": (TEXT.encode() + TEXT.encode("cp874"), "Line 23 is not UTF-8"),
    "half of a character": (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x", "Line 22 is not UTF-16"),
}  # fmt: skip


@files
def test_a_header_without_an_end_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "register.csv"
    names = ",".join(COLUMNS)
    path.write_text(f"{names},{'ก' * 30_000}\n1\n")
    run = bring_in(path)
    assert (run.state, "has no end" in run.message) == (RunState.FAILED, True)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_doubtful_file_is_refused_with_its_cause(kind):
    head, words = REFUSED[kind]
    with pytest.raises(BadFile, match=words):
        format_of(head, COLUMNS)


@files
@pytest.mark.parametrize(
    ("encoding", "fault", "words"),
    [
        ("cp874", b"\xfc", r"Line 74 is not Windows-874"),
        ("utf-16-le", b"\x00\xdc", r"Line 74 is not UTF-16 LE"),
    ],
)
def test_what_breaks_later_is_named_by_its_line(tmp_path, monkeypatch, encoding, fault, words):
    monkeypatch.setattr(formats, "HEAD_BYTES", 4096)
    lines = plain().splitlines(keepends=True)
    lines[73] = lines[73].replace(ROWS[72]["number"], "\x01")
    text = "".join(lines).encode(encoding).replace("\x01".encode(encoding), fault)
    path = tmp_path / "register.csv"
    path.write_bytes(text)
    run = bring_in(path)
    assert run.state == RunState.FAILED
    assert words in run.message_in_words


ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\nกน𝒙"))


@given(TEXTS, st.sampled_from(ENCODINGS), st.integers(1, 9))
def test_converting_in_blocks_is_converting_at_once(text, encoding, size):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(formats, "HEAD_BYTES", size)
        read = io.BufferedReader(Converted(io.BytesIO(text.encode(encoding)), encoding)).read()
    assert read.decode() == text.replace("\r\n", "\n").replace("\r", "\n")


@given(TEXTS, st.sampled_from(ENCODINGS[1:3]), st.integers(1, 9))
def test_a_broken_character_is_found_in_its_line(text, encoding, size):
    data = text.encode(encoding) + "\udc00".encode(encoding, "surrogatepass")
    line = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(formats, "HEAD_BYTES", size)
        with pytest.raises(BadFile, match=rf"^Line {line} is not"):
            io.BufferedReader(Converted(io.BytesIO(data), encoding)).read()


@given(
    st.permutations(COLUMNS),
    st.sampled_from(formats.SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_a_format_is_found_whatever_it_is(names, separator, encoding, end, said):
    rows = [{name: row[name] for name in names} for row in ROWS[:30]]
    text = plain(rows, delimiter=separator, lineterminator=end)
    text = f"sep={separator}{end}{text}" if said else text
    found = format_of(text.encode(encoding), COLUMNS)
    told = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    assert found == FileFormat("CSV", told, separator, "\r" if end == "\r" else "\n", said)


def test_the_site_does_not_begin_with_what_it_would_read_again_and_again(folder, monkeypatch):
    path = folder / "register.csv"
    path.write_bytes(plain().encode("utf-16"))
    assert steering.named("register.csv") == path
    monkeypatch.setattr(steering, "LARGEST_AGAIN", 1000)
    with pytest.raises(steering.services.ImportRefused, match="by command"):
        steering.named("register.csv")
    write(path, ROWS)
    assert steering.named("register.csv") == path
