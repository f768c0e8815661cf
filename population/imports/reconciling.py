"""What became of a file's rows, office by office: counted once, when the run has ended."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum

from offices.models import Office
from population.models import ImportRun, OfficeCount
from population.models.record import REGISTER
from population.rejections import AFTER_LOADING

# The pilot stands above the register: its app adds what counts its matched people by office.
pilot_counts: list[Callable[[], Counter[str]]] = []
COUNTED = ("in_file", "inserted", "changed", "unchanged", "rejected", "removed")


def reconcile(run: ImportRun) -> None:
    """Write a run's OfficeCounts. In the file = new + changed + already there + rejected.

    Counting again gives the same counts.
    """
    run.office_counts.all().delete()
    good = good_rows(run)
    rejected = (
        run.rejected_rows.order_by()
        .values_list("office_code")
        .annotate(count=Count("pk"), later=Count("pk", filter=Q(reason__in=AFTER_LOADING)))
    )
    all_rejected: Counter[str] = Counter()
    later: Counter[str] = Counter()
    for office, count, of_loaded in rejected:
        all_rejected[office], later[office] = count, of_loaded
    taken = good - later
    changes = {} if run.replaced_table else _changes(run)
    rows = []
    for office in sorted({*good, *all_rejected, *changes}):
        new, changed, removed = changes.get(office, (0, 0, 0))
        new = taken[office] if run.replaced_table else new
        rows.append(
            OfficeCount(
                run=run,
                office_code=office,
                in_file=taken[office] + all_rejected[office],
                inserted=new,
                changed=changed,
                unchanged=taken[office] - new - changed,
                rejected=all_rejected[office],
                removed=removed,
            )
        )
    OfficeCount.objects.bulk_create(rows)


def good_rows(run: ImportRun) -> Counter[str]:
    """Rows that passed the checks, by office, as the ledger has them."""
    good: Counter[str] = Counter()
    for by_office in run.chunks.values_list("by_office", flat=True).iterator():
        good.update(by_office)
    return good


def _changes(run: ImportRun) -> dict[str, tuple[int, int, int]]:
    """New, changed and removed rows by office, from what is kept for the way back."""
    statement = f"""
        SELECT r.office_code,
            count(*) FILTER (WHERE b.person_sealed IS NULL),
            count(*) FILTER (WHERE b.person_sealed IS NOT NULL AND r.row_digest IS NOT NULL),
            count(*) FILTER (WHERE b.person_sealed IS NOT NULL AND r.row_digest IS NULL)
        FROM population_rowbefore b JOIN {REGISTER} r USING (number_key)
        WHERE b.run_id = %s GROUP BY 1
    """  # noqa: S608 - the name is our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [run.pk])
        return {office: tuple(counts) for office, *counts in cursor.fetchall()}


@dataclass(frozen=True)
class Line:
    """A line of the report: a province (its code) or an office, its counts, and who of the pilot is
    matched there.
    """

    code: str
    name: str
    counts: dict[str, int]
    pilot: int


def report(run: ImportRun, *, province: str = "") -> list[Line]:
    """Provinces in all, or the offices of one; the line without a code names no office."""
    offices = {office.code: office for office in Office.objects.all()}
    counts = run.office_counts.values_list("office_code", *COUNTED)
    pilot = sum((count() for count in pilot_counts), Counter())
    sums: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for code, *numbers in counts:
        office = offices.get(code)
        if province and (office is None or office.province_code != province):
            continue
        key = code if province or office is None else office.province_code
        names[key] = "" if office is None else office.name if province else office.province
        line = sums.setdefault(key, Counter())
        line.update(dict(zip(COUNTED, numbers, strict=True)) | {"pilot": pilot[code]})
    return [
        Line(key, names[key], {name: line[name] for name in COUNTED}, line["pilot"])
        for key, line in sorted(sums.items())
    ]


def totals(run: ImportRun) -> dict[str, int]:
    """The sums over all offices."""
    sums = run.office_counts.aggregate(**{name: Sum(name) for name in COUNTED})
    return {name: sums[name] or 0 for name in COUNTED}


def adds_up(run: ImportRun) -> bool:
    """Whether every line of a finished run's file is counted in one office, once.

    A later line with the same number was loaded first and rejected afterwards: it is in both sums.
    """
    later = run.rejected_rows.filter(reason__in=AFTER_LOADING).count()
    by_office = totals(run)
    lines = run.rows + run.rejected - later
    return lines == by_office["in_file"] and run.rejected == by_office["rejected"]
