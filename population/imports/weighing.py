"""What a file would do to the register, counted before it does it; too much waits for two people.

The shares are of the register, of an office's people in it, or of the file's lines; what the files
of the last days did without anybody's word is counted in, so that many small ones do not pass.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from population.agreeing import Question, has_been_agreed
from population.imports import staging
from population.imports.doubting import set_doubtful_apart
from population.imports.missing import missing_from
from population.imports.reconciling import good_rows
from population.imports.samples import choose
from population.models import ImportRun, RunState
from population.models.record import PARTITIONS, REGISTER

COUNTED_IN_FOR = timedelta(days=7)
WEIGHTS = ("here", "changed", "ended")


@dataclass(frozen=True)
class Excess:
    """More than REGISTER_CEILINGS allows of a kind (`ended`, `changed`, `rejected`): `count` of
    `of`, of an office, or of all where `office` is "".
    """

    kind: str
    office: str
    count: int
    of: int


def weigh(run: ImportRun, *, should_stop: Callable[[], bool]) -> bool:
    """Whether all partitions have been weighed, which goes on where it stopped."""
    for part in range(run.parts_weighed, PARTITIONS):
        _weigh_part(run, part)
        if should_stop():
            return False
    return True


@transaction.atomic
def _weigh_part(run: ImportRun, part: int) -> None:
    staging.reject_twins(run, part)
    set_doubtful_apart(run, part)
    staged, register = f"{run.staging}_{part:02}", f"{REGISTER}_{part:02}"
    weights = {office: Counter(dict(zip(WEIGHTS, row, strict=True))) for office, row in
               run.weights.items()}  # fmt: skip
    for statement, names in _statements(run, staged, register):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            for office, *counts in cursor.fetchall():
                found = dict(zip(names, counts, strict=True))
                weights.setdefault(office, Counter()).update(found)
    choose(run, part)
    run.weights = {office: [row[name] for name in WEIGHTS] for office, row in weights.items()}
    run.parts_weighed, run.rejected = part + 1, run.rejected_rows.count()
    run.save(update_fields=["weights", "sampled", "parts_weighed", "rejected"])


def _statements(run: ImportRun, staged: str, register: str) -> list[tuple[str, tuple[str, ...]]]:
    """Queries that give an office's code and counts, and what the counts are of."""
    missing = missing_from(run, staged)
    here = (
        f"SELECT r.office_code, count(*) FROM {register} r WHERE r.status <> 'removed' GROUP BY 1"
    )
    differing = (
        "SELECT r.office_code, count(*), "
        "count(*) FILTER (WHERE r.status = 'alive' AND s.status <> 'alive') "
        f"FROM {register} r JOIN {staged} s USING (number_key) "
        "WHERE r.row_digest IS DISTINCT FROM s.row_digest GROUP BY 1"
    )
    gone = f"SELECT r.office_code, count(*) FROM {register} r WHERE {missing} GROUP BY 1"
    return [(here, ("here",)), (differing, ("changed", "ended")), (gone, ("ended",))]


def hold_back(run: ImportRun) -> bool:
    """Let a run that goes beyond a ceiling wait for two administrators; whether it waits."""
    if run.parts_done or has_been_agreed(run, Question.TAKE_OVER) or not beyond(run):
        return False
    with transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, state=RunState.MERGING).update(state=RunState.HELD):
            record(Action.REGISTER_IMPORT_HELD, run, actor=Actor.system("import"))
    run.refresh_from_db()
    return True


def beyond(run: ImportRun) -> list[Excess]:
    """The ceilings that the run goes beyond: first of the whole, then office by office."""
    counts = {"ended": Counter[str](), "changed": Counter[str]()}
    people = Counter({office: row[0] for office, row in run.weights.items()})
    since = timezone.now() - COUNTED_IN_FOR
    lately = ImportRun.objects.filter(state=RunState.DONE, finished_at__gt=since)
    lately = lately.exclude(agreements__question=Question.TAKE_OVER)  # two have seen those
    for weights in (run.weights, *lately.exclude(pk=run.pk).values_list("weights", flat=True)):
        for office, (_here, changed, ended) in weights.items():
            counts["changed"][office] += changed
            counts["ended"][office] += ended
    rejected = run.rejected_rows.order_by().values_list("office_code").annotate(Count("pk"))
    counts["rejected"] = Counter(dict(rejected))
    lines = good_rows(run) + counts["rejected"]
    found = []
    for kind, of_kind in counts.items():
        found += _beyond(kind, of_kind, lines if kind == "rejected" else people)
    return sorted(found, key=lambda one: one.office)


def _beyond(kind: str, counts: Counter[str], people: Counter[str]) -> list[Excess]:
    share, office_share = settings.REGISTER_CEILINGS[kind]
    whole = Excess(kind, "", counts.total(), people.total())
    offices = [Excess(kind, code, counts[code], people[code]) for code in counts if code]
    limits = [(whole, share), *((one, office_share) for one in offices)]
    least = settings.REGISTER_CEILING_LEAST
    return [one for one, limit in limits if one.count > max(least, limit * one.of)]
