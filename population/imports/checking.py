"""Checks the rows of a chunk, column by column."""

import io

import polars as pl
from django.utils.translation import gettext_lazy as _

from population.imports.contract import (
    COLUMNS,
    LONGEST_NAME,
    MAY_BE_EMPTY,
    STATUSES,
    BadFile,
    Chunk,
    Rejected,
)

REASONS = {
    "columns": _("The line has more values than there are columns."),
    "empty": _("A value that has to be there is empty."),
    "number_form": _("The national ID number has not 13 digits, or begins with 0 or 9."),
    "check_digit": _("The check digit of the national ID number is wrong."),
    "too_long": _("A name is longer than 80 letters."),
    "birth_date": _("The birth date is no date of the form 1981-02-12, 1981-02 or 1981."),
    "office": _("There is no such registration office."),
    "status": _("The status is none of alive, deceased, removed."),
    "laser_code": _("The laser code has not two letters and ten digits."),
    "activated_on": _("The day of activation is no date of the form 2022-11-30."),
    "expires_on": _("The day of expiry is neither empty nor a date of the form 2030-11-30."),
    "password": _("The password is not kept as an Argon2id hash."),
    "twice_in_file": _("The number stands in the file twice; the first line counts."),
}
# Not \d: it takes Thai digits as well, and a number in Thai digits has another key.
NUMBER = r"^[1-8][0-9]{12}$"
BIRTH_DATE = r"^(18[5-9][0-9]|(19|20)[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
LASER_CODE = r"^[A-Z]{2}[0-9]-?[0-9]{7}-?[0-9]{2}$"
WHOLE_DATE = "2000-01-01"
BEYOND = "values_beyond_the_last_column"
NAMES = tuple(name for name in COLUMNS if "name" in name or "title" in name)


def check_chunk(chunk: Chunk, *, offices: list[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    """The good rows of the register (columns of the contract and `line`), and the others with their
    reasons.
    """
    return judge(chunk, columns=COLUMNS, faults=_faults(offices))


def judge(
    chunk: Chunk, *, columns: tuple[str, ...], faults: dict[str, pl.Expr]
) -> tuple[pl.DataFrame, list[Rejected]]:
    """A line is rejected for the first of `faults` (reason -> wrong?) that it has."""
    frame = _parse(chunk, columns)
    reason = pl.coalesce(*(pl.when(wrong).then(pl.lit(code)) for code, wrong in faults.items()))
    judged = frame.with_columns(reason.alias("reason"))
    bad = judged.filter(pl.col("reason").is_not_null()).select("line", "reason", "office_code")
    good = judged.filter(pl.col("reason").is_null()).drop("reason", BEYOND)
    return good, [Rejected(*row) for row in bad.iter_rows()]


def _parse(chunk: Chunk, columns: tuple[str, ...]) -> pl.DataFrame:
    """Every value as trimmed text. A line break within quotes is not part of the contract."""
    data = chunk.data
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = chunk.first_line - 1 + data[: error.start].count(b"\n")
        raise BadFile(
            f"Line {line} is not UTF-8. Convert the file, for example from Windows-874."
        ) from error
    try:
        frame = pl.read_csv(
            io.BytesIO(data.replace(b"\n", f",{BEYOND}\n".encode(), 1)),
            infer_schema=False,
            truncate_ragged_lines=True,
            quote_char='"',
        )
    except pl.exceptions.PolarsError as error:
        last = chunk.first_line + data.count(b"\n") - 2
        # Not the parser's own words: they quote the people of the lines around the fault.
        raise BadFile(
            f"Lines {chunk.first_line} to {last} are no CSV. Look for a quotation mark "
            "that is not closed."
        ) from error
    if frame.height != data.count(b"\n") - 1:
        raise BadFile(
            f"Between line {chunk.first_line} and the {frame.height} rows after it a value goes "
            "over several lines. One person takes one line."
        )
    text = frame.select(pl.col(*columns, BEYOND).fill_null("").str.strip_chars())
    return text.with_row_index("line", offset=chunk.first_line)


def _faults(offices: list[str]) -> dict[str, pl.Expr]:
    required = [name for name in COLUMNS if name not in MAY_BE_EMPTY]
    laser = pl.col("laser_code")
    return faults_of_a_person(required=required, names=NAMES, offices=offices) | {
        "status": ~pl.col("status").is_in(STATUSES),
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
        "number_form": ~number.str.contains(NUMBER),
        "check_digit": ~_check_digit_right(number),
        "too_long": pl.any_horizontal(pl.col(names).str.len_chars() > LONGEST_NAME),
        "birth_date": ~pl.col("birth_date").str.contains(BIRTH_DATE)
        | ((pl.col("birth_date").str.len_bytes() == len(WHOLE_DATE)) & no_date("birth_date")),
        "office": ~pl.col("office_code").is_in(offices),
    }


def no_date(name: str) -> pl.Expr:
    """Whether a column does not hold a whole date."""
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False).is_null()


def _check_digit_right(number: pl.Expr) -> pl.Expr:
    """(11 - sum of digit * weight mod 11) mod 10, weights 13 down to 2."""
    value = number.cast(pl.Int64, strict=False)
    total = sum(((value // 10 ** (12 - place)) % 10) * (13 - place) for place in range(12))
    return (11 - total % 11) % 10 == value % 10
