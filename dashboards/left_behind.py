"""Groups of people who fare worse with the machine than the others: somebody has to look why."""

import datetime
from collections import Counter as Tally
from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

from dashboards.groups import KINDS, OF_PICTURES
from dashboards.periods import Period
from dashboards.sums import by_label
from dashboards.values.table import Numbers
from registration.models import Ending

DAYS = 28
Counts = tuple[int, int]  # checks that went well, and checks


class Gap(NamedTuple):
    """`kind` is "group" or "again": of the group and of the others how many in a hundred decided
    checks the machine passed, or of how many checks another picture was asked for.
    """

    kind: str
    group: str
    share: int
    usual: int


def left_behind(today: datetime.date, limits: Numbers) -> list[Gap]:
    """Over the last 28 days, the widest gap first."""
    first = today - datetime.timedelta(days=DAYS)
    return gaps_in(by_label("groups", Period(first, today, "own")), limits)


def gaps_in(found: Tally[str], limits: Numbers) -> list[Gap]:
    """The same of endings by group that were counted already."""
    gaps = []
    for kind, _title, names in KINDS:
        if kind in OF_PICTURES:  # these differ because the policy says so
            continue
        endings = {
            one: Tally({e: found[f"{kind}:{one}:{e}"] for e in Ending.values}) for one in names
        }
        for measure, count in MEASURES.items():
            counts = {one: count(ends) for one, ends in endings.items()}
            for one, (share, usual) in _behind(counts, limits).items():
                told = (share, usual) if measure == "group" else (1 - share, 1 - usual)
                shares = (round(100 * each) for each in told)
                gaps.append((usual - share, Gap(measure, str(names[one]), *shares)))
    return [gap for _width, gap in sorted(gaps, reverse=True)]


def _passed(endings: Tally[str]) -> Counts:
    """Of those decided; who was drawn by chance had passed."""
    passed = endings[Ending.PASSED] + endings[Ending.DRAWN]
    return passed, passed + endings[Ending.OFFICER]


def _not_asked_again(endings: Tally[str]) -> Counts:
    return endings.total() - endings[Ending.AGAIN], endings.total()


MEASURES: dict[str, Callable[[Tally[str]], Counts]] = {
    "group": _passed,
    "again": _not_asked_again,
}


def _behind(counts: dict[str, Counts], limits: Numbers) -> dict[str, tuple[float, float]]:
    """The share of each group that is behind, and of the others."""
    well, checks = map(sum, zip(*counts.values(), strict=True))
    found = {}
    for group, mine in counts.items():
        others = well - mine[0], checks - mine[1]
        fewest = min(mine[1], others[1])
        if fewest >= (limits["group_fewest"] or 1) and _is_behind(mine, others, limits):
            found[group] = mine[0] / mine[1], others[0] / others[1]
    return found


def _is_behind(group: Counts, others: Counts, limits: Numbers) -> bool:
    """Further below the others than the limit, and than chance brings (two shares of a pooled)."""
    pooled = (group[0] + others[0]) / (group[1] + others[1])
    chance = sqrt(pooled * (1 - pooled) * (1 / group[1] + 1 / others[1]))
    gap = others[0] / others[1] - group[0] / group[1]
    least, deviations = limits["group_gap"] or 0, limits["group_deviations"] or 0
    return gap > max(least / 100, deviations * chance)
