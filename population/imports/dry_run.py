"""Checks a whole file and loads nothing."""

from collections import Counter

from offices.models import Office
from population.imports.checking import REASONS, check_chunk
from population.imports.reading import read_chunks
from population.imports.sources import Source


def try_out(source: Source) -> str:
    """A report in words: how many rows are good, and what is wrong with the others."""
    offices = list(Office.objects.values_list("code", flat=True))
    good, reasons, first = 0, Counter(), {}
    for chunk in read_chunks(source):
        rows, rejected = check_chunk(chunk, offices=offices)
        good += rows.height
        for one in rejected:
            reasons[one.reason] += 1
            first.setdefault(one.reason, one.line)
    lines = [f"{good:,} rows can be loaded, {reasons.total():,} would be rejected"]
    lines += [
        f"{count:>12,}  {REASONS[reason]} (first in line {first[reason]:,})"
        for reason, count in reasons.most_common()
    ]
    return "\n".join(lines)
