"""Groups of people whom the machine passes less often than the others: somebody has to look why."""

import datetime
from collections import Counter as Tally
from math import sqrt

from dashboards.groups import KINDS
from dashboards.periods import Period
from dashboards.sums import by_label
from registration.models import Ending

DAYS, FEWEST = 28, 200  # checks that were decided, of the group and of the others
GAP, DEVIATIONS = 0.10, 5.0


def left_behind(today: datetime.date) -> list[tuple[str, int, int]]:
    """The group's name, and of it and of the others how many in a hundred the machine passed, over
    the last 28 days; the widest gap first. Who was drawn by chance had passed.
    """
    found = by_label("groups", Period(today - datetime.timedelta(days=DAYS), today, "own"))
    gaps = []
    for kind, _title, names in KINDS:
        if kind == "capture":  # these differ because the policy says so
            continue
        counts = {group: _counts(found, f"{kind}:{group}") for group in names}
        of_all = tuple(map(sum, zip(*counts.values(), strict=True)))
        for group, (passed, checks) in counts.items():
            others = of_all[0] - passed, of_all[1] - checks
            if min(checks, others[1]) >= FEWEST and _is_behind((passed, checks), others):
                share, usual = 100 * passed / checks, 100 * others[0] / others[1]
                gaps.append((usual - share, str(names[group]), round(share), round(usual)))
    return [gap[1:] for gap in sorted(gaps, reverse=True)]


def _counts(found: Tally[str], group: str) -> tuple[int, int]:
    passed = found[f"{group}:{Ending.PASSED}"] + found[f"{group}:{Ending.DRAWN}"]
    return passed, passed + found[f"{group}:{Ending.OFFICER}"]


def _is_behind(group: tuple[int, int], others: tuple[int, int]) -> bool:
    """Further below the others than GAP, and than chance brings (two shares of a pooled one)."""
    pooled = (group[0] + others[0]) / (group[1] + others[1])
    chance = sqrt(pooled * (1 - pooled) * (1 / group[1] + 1 / others[1]))
    gap = others[0] / others[1] - group[0] / group[1]
    return gap > max(GAP, DEVIATIONS * chance)
