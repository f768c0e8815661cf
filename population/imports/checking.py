"""Checks the rows of a chunk, column by column."""

import io

import polars as pl
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_noop

from identity.cleaning import OLDEST
from identity.numbers import clean_number
from identity.person import FIELDS
from offices import former
from population.imports.codes import LONGEST, with_plain_codes
from population.imports.contract import (
    COLUMNS,
    MAY_BE_EMPTY,
    STATUSES,
    BadFile,
    Chunk,
    Rejected,
)
from population.imports.names import FAULT, with_clean_names

NUMBER = r"^[1-8][0-9]{12}$"
BIRTH_DATE = r"^(18[5-9][0-9]|(19|20)[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
BUDDHIST = r"^2[45][0-9]{2}(-|$)"  # of whom lives, and of what is in force
EXCEL = r"^[0-9][.,]?[0-9]*[eE]\+?[0-9]+$"
OPEN_DAY = r"(-00)+$"  # the day, or month and day, that registers write for an unknown one
LASER_CODE = r"^[A-Z]{2}[0-9]-?[0-9]{7}-?[0-9]{2}$"
WHOLE_DATE = "2000-01-01"
NOTHING = ("", "\x1a")
BEYOND = "values_beyond_the_last_column"
NAMES = tuple(name for name in COLUMNS if "name" in name or "title" in name)


def check_chunk(chunk: Chunk, *, offices: list[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    """The good rows of the register (columns of the contract and `line`), and the others with their
    reasons.
    """
    return judge(chunk, columns=COLUMNS, names=NAMES, faults=_faults(offices))


def judge(
    chunk: Chunk,
    *,
    columns: tuple[str, ...],
    names: tuple[str, ...],
    faults: dict[str, pl.Expr],
) -> tuple[pl.DataFrame, list[Rejected]]:
    """A line is rejected for the first of `faults` (reason -> wrong?) that it has, or for its
    `names`.
    """
    parsed = with_plain_codes(_parse(chunk, columns)).with_columns(*_as_written_today())
    frame = with_clean_names(parsed, names)
    codes = (pl.when(wrong).then(pl.lit(code)) for code, wrong in faults.items())
    judged = frame.with_columns(pl.coalesce(*codes, FAULT).alias("reason"))
    bad = judged.filter(pl.col("reason").is_not_null())
    rows = bad.select("line", "reason", "office_code", "number").iter_rows()
    good = judged.filter(pl.col("reason").is_null()).drop("reason", BEYOND, FAULT)
    return good, [Rejected(line, code, at, _whose(number)) for line, code, at, number in rows]


def _as_written_today() -> tuple[pl.Expr, ...]:
    return (
        pl.col("birth_date").str.replace(OPEN_DAY, ""),
        pl.col("office_code").replace(former.NOW),
    )


def _whose(number: str) -> str:
    """The number a rejected line is surely about, or ""."""
    try:
        return clean_number(number) if len(number) <= LONGEST else ""
    except ValidationError:
        return ""


def _parse(chunk: Chunk, columns: tuple[str, ...]) -> pl.DataFrame:
    """Every value as trimmed text. A line break within quotes is not part of the contract."""
    data = chunk.data
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = chunk.first_line - 1 + data[: error.start].count(b"\n")
        raise BadFile(
            gettext_noop(
                "Line %(line)s is not UTF-8. Convert the file, for example from Windows-874."
            ),
            line=f"{line:,}",
        ) from error
    try:
        frame = pl.read_csv(
            io.BytesIO(data.replace(b"\n", f"{chunk.separator}{BEYOND}\n".encode(), 1)),
            separator=chunk.separator,
            infer_schema=False,
            truncate_ragged_lines=True,
            quote_char='"',
        )
    except pl.exceptions.PolarsError as error:
        # Not the parser's own words: they quote the people of the lines around the fault.
        raise BadFile(
            gettext_noop(
                "Lines %(first)s to %(last)s are no CSV. Look for a quotation mark that is not "
                "closed."
            ),
            **_lines_of(chunk),
        ) from error
    if frame.height != chunk.lines:
        raise BadFile(
            gettext_noop(
                "In lines %(first)s to %(last)s a value goes over several lines. One person takes "
                "one line."
            ),
            **_lines_of(chunk),
        )
    text = frame.select(pl.col(*columns, BEYOND).fill_null("").str.strip_chars())
    return _without_blank_lines(text.with_row_index("line", offset=chunk.first_line), frame)


def _lines_of(chunk: Chunk) -> dict[str, str]:
    last = chunk.first_line + chunk.lines - 1
    return {"first": f"{chunk.first_line:,}", "last": f"{last:,}"}


def _without_blank_lines(text: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Spreadsheets end a file with rows of separators, DOS with ^Z: those lines are about nobody.

    Most chunks have none, so every value is looked at only where there is no number.
    """
    if not text["number"].is_in(NOTHING).any():
        return text
    said = frame.select(pl.all().fill_null("").str.strip_chars().is_in(NOTHING))
    return text.filter(~said.select(pl.all_horizontal(pl.all())).to_series())


def _faults(offices: list[str]) -> dict[str, pl.Expr]:
    required = [name for name in COLUMNS if name not in MAY_BE_EMPTY]
    alive, oldest = pl.col("status") == "alive", str(timezone.localdate().year - OLDEST)
    laser = pl.col("laser_code")
    return faults_of_a_person(required=required, names=NAMES, offices=offices) | {
        "status": ~pl.col("status").is_in(STATUSES),
        "too_old": alive & (pl.col("birth_date").str.slice(0, 4) < oldest),
        "laser_code": (laser != "") & ~laser.str.contains(LASER_CODE),
    }


def faults_of_a_person(
    *, required: list[str], names: tuple[str, ...], offices: list[str]
) -> dict[str, pl.Expr]:
    """What can be wrong in every file that names people."""
    number = pl.col("number")
    return {
        "columns": pl.col(BEYOND) != "",
        "empty": pl.any_horizontal(pl.col(required) == ""),
        "spreadsheet": number.str.contains(EXCEL),
        "number_form": ~number.str.contains(NUMBER),
        "check_digit": ~_check_digit_right(number),
        "too_long": too_long(names),
        "buddhist_year": buddhist("birth_date"),
        "birth_date": ~pl.col("birth_date").str.contains(BIRTH_DATE)
        | ((pl.col("birth_date").str.len_bytes() == len(WHOLE_DATE)) & no_date("birth_date")),
        "not_yet_born": pl.col("birth_date") > timezone.localdate().isoformat(),
        "office": ~pl.col("office_code").is_in(offices),
    }


def too_long(names: tuple[str, ...]) -> pl.Expr:
    """Longer than the citizen's form takes, a title or a name."""
    return pl.any_horizontal(
        *(pl.col(name).str.len_chars() > FIELDS[name].longest for name in names)
    )


def buddhist(name: str) -> pl.Expr:
    """Whether a date is of the Buddhist era. It is not converted: until 1941 that year began in
    April, and whoever was born before it that year is a year younger than the difference says.
    """
    return pl.col(name).str.contains(BUDDHIST)


def no_date(name: str) -> pl.Expr:
    """Whether a column does not hold a whole date."""
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False).is_null()


def _check_digit_right(number: pl.Expr) -> pl.Expr:
    """(11 - sum of digit * weight mod 11) mod 10, weights 13 down to 2."""
    value = number.cast(pl.Int64, strict=False)
    total = sum(((value // 10 ** (12 - place)) % 10) * (13 - place) for place in range(12))
    right: pl.Expr = (11 - total % 11) % 10 == value % 10
    return right
