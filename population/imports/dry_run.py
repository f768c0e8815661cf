"""Checks a whole file and loads nothing."""

from collections import Counter

import polars as pl

from offices.models import Office
from population.imports.checking import check_chunk
from population.imports.reading import read_chunks
from population.imports.sources import Source
from population.rejections import REASONS


def try_out(source: Source) -> str:
    """A report in words: how many rows are good, and what is wrong with the others."""
    offices = list(Office.objects.values_list("code", flat=True))
    numbers: list[pl.DataFrame] = []
    named = set()
    reasons: Counter[str] = Counter()
    first: dict[str, int] = {}
    for chunk in read_chunks(source):
        rows, rejected = check_chunk(chunk, offices=offices)
        numbers.append(rows.select(pl.col("number").cast(pl.Int64), "line"))
        for one in rejected:
            reasons[one.reason] += 1
            first.setdefault(one.reason, one.line)
            named.add(one.number)
    good = pl.concat(numbers)
    known = pl.Series([int(number) for number in named if number], dtype=pl.Int64)
    twins = good.filter(pl.col("number").is_duplicated() | pl.col("number").is_in(known.implode()))
    if twins.height:
        reasons["twice_in_file"] = twins.height
        first["twice_in_file"] = twins["line"].to_list()[0]
    lines = [
        f"{good.height - twins.height:,} rows can be loaded, {reasons.total():,} would be rejected"
    ]
    lines += [
        f"{count:>12,}  {REASONS[reason]} (first in line {first[reason]:,})"
        for reason, count in reasons.most_common()
    ]
    return "\n".join(lines)
