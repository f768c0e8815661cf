"""A register of people who do not exist, by the million, for trying imports out."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import geothai
import numpy as np
import polars as pl

from devstack.demo.specimens import names
from devstack.demo.specimens.people import LASER_LETTERS
from population.imports.contract import COLUMNS

SLICE = 250_000
STEP = 387_420_489  # coprime to what it goes round, so that the order looks drawn
BROKEN_SHARE = 100
# People in 1,000 by the decade of their lives, as of 2026.
AGES = (95, 112, 128, 140, 148, 158, 128, 62, 24, 5)
TODAY = date(2026, 1, 1)
SINGLE_NAMES, ONLY_YEARS, NO_LASER = 2_000, 1_500, 50  # one in so many
STATUSES = ("alive", "deceased", "removed")
STATUS_SHARES = (0.985, 0.012, 0.003)
FAULTS = {
    "number": "1234567890123",
    "birth_date": "1981-02-30",
    "office_code": "9999",
    "status": "asleep",
    "laser_code": "12",
    "first_name_th": "",
}


def make_slices(count: int, *, seed: int = 1, broken: bool = False) -> Iterable[pl.DataFrame]:
    """Frames with the contract's columns; with `broken`, every hundredth row has one fault."""
    draw = np.random.default_rng(seed)
    offices, shares = _offices()
    for start in range(0, count, SLICE):
        size = min(SLICE, count - start)
        frame = _people(draw, start, size, offices, shares)
        yield _spoil(frame, start) if broken else frame


def write_population(path: Path, count: int, *, seed: int = 1, broken: bool = False) -> None:
    """Write a CSV file with a header and `count` rows."""
    with path.open("wb") as file:
        for place, frame in enumerate(make_slices(count, seed=seed, broken=broken)):
            frame.write_csv(file, include_header=place == 0)


def _offices() -> tuple[np.ndarray, np.ndarray]:
    """The district codes, and how many of the people each has: by its subdistricts."""
    codes = [one.code for each in geothai.provinces() for one in geothai.districts(each.code)]
    weights = np.array([len(list(geothai.subdistricts(code))) + 1 for code in codes], float)
    return np.array(codes), weights / weights.sum()


def _people(
    draw: np.random.Generator, start: int, size: int, offices: np.ndarray, shares: np.ndarray
) -> pl.DataFrame:
    office = offices[draw.choice(len(offices), size, p=shares)]
    women = draw.random(size) < 0.512  # noqa: PLR2004 - the share of women
    titles = np.where(women, draw.integers(0, 2, size), 2)
    families = names.pairs(names.FAMILIES)
    return pl.DataFrame(
        {
            "number": _numbers(np.arange(start, start + size), draw),
            **_picked(("title_th", "title_en"), TITLES, titles),
            **_first_names(draw, women),
            **_picked(
                ("last_name_th", "last_name_en"), families, draw.integers(0, len(families), size)
            ),
            "days": _ages(draw, size),
            "office_code": office,
            "status": np.array(STATUSES)[draw.choice(3, size, p=STATUS_SHARES)],
            "laser": draw.integers(0, 10**10, size),
            "letters": np.array(LASER_LETTERS)[draw.integers(0, len(LASER_LETTERS), size)],
            "rank": np.arange(start, start + size),
        }
    ).select(_finished())


TITLES = (("น.ส.", "Miss"), ("นาง", "Mrs."), ("นาย", "Mr."))


def _picked(
    columns: tuple[str, str], pairs: Iterable[tuple[str, str]], places: np.ndarray
) -> dict[str, pl.Series]:
    thai, english = zip(*pairs, strict=True)
    return {
        columns[0]: pl.Series(thai).gather(places),
        columns[1]: pl.Series(english).gather(places),
    }


def _first_names(draw: np.random.Generator, women: np.ndarray) -> dict[str, pl.Series]:
    female, male = names.pairs(names.WOMEN), names.pairs(names.MEN)
    places = np.where(
        women,
        draw.integers(0, len(female), len(women)),
        len(female) + draw.integers(0, len(male), len(women)),
    )
    return _picked(("first_name_th", "first_name_en"), [*female, *male], places)


def _numbers(ranks: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Valid national ID numbers, all different up to 800 million: a shuffled count, then the
    check digit.
    """
    around = 8 * 10**8
    spread = (ranks.astype(np.int64) * STEP + 12_345) % around
    body = (spread // 10**8 + 1) * 10**11 + (spread % 10**8) * 1_000
    body += draw.integers(0, 1_000, len(ranks))
    total = sum(body // 10 ** (11 - place) % 10 * (13 - place) for place in range(12))
    return body * 10 + (11 - total % 11) % 10


def _ages(draw: np.random.Generator, size: int) -> np.ndarray:
    """Birth dates as days since 1970."""
    shares = np.array(AGES, float) / sum(AGES)
    decades = draw.choice(len(AGES), size, p=shares)
    age_days = decades * 3652 + draw.integers(0, 3652, size)
    return (np.datetime64(TODAY, "D").astype(np.int64) - age_days).astype(np.int32)


def _finished() -> list[pl.Expr]:
    """The columns of the contract, with the exceptions that real registers have."""
    rank, laser = pl.col("rank"), pl.col("laser").cast(pl.String).str.zfill(10)
    born = pl.col("days").cast(pl.Date).cast(pl.String)
    single = rank % SINGLE_NAMES == SINGLE_NAMES - 1
    parts = (laser.str.slice(0, 1), laser.str.slice(1, 7), laser.str.slice(8, 2))
    code = pl.concat_str(pl.col("letters"), parts[0], pl.lit("-"), parts[1], pl.lit("-"), parts[2])
    made = {
        "number": pl.col("number").cast(pl.String),
        "last_name_th": pl.when(single).then(pl.lit("")).otherwise("last_name_th"),
        "last_name_en": pl.when(single).then(pl.lit("")).otherwise("last_name_en"),
        "birth_date": pl.when(rank % ONLY_YEARS == 1).then(born.str.slice(0, 4)).otherwise(born),
        "laser_code": pl.when(rank % NO_LASER == 1).then(pl.lit("")).otherwise(code),
    }
    return [made.get(name, pl.col(name)).alias(name) for name in COLUMNS]


def _spoil(frame: pl.DataFrame, start: int) -> pl.DataFrame:
    rank = pl.int_range(pl.len()) + start
    nth, place = rank // BROKEN_SHARE % len(FAULTS), rank % BROKEN_SHARE == BROKEN_SHARE - 1
    return frame.with_columns(
        pl.when(place & (nth == number)).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for number, (column, value) in enumerate(FAULTS.items())
    )
