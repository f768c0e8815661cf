"""Groups of people whom the machine passes less often than the others: somebody has to look why."""

import datetime
from collections import Counter as Tally
from math import sqrt

from dashboards.groups import KINDS, OF_PICTURES
from dashboards.periods import Period
from dashboards.sums import by_label
from dashboards.values.table import Numbers
from registration.models import Ending

DAYS = 28
Gap = tuple[str, int, int]


def left_behind(today: datetime.date, limits: Numbers) -> list[Gap]:
    """The group's name, and of it and of the others how many in a hundred the machine passed, over
    the last 28 days; the widest gap first. Who was drawn by chance had passed.
    """
    first = today - datetime.timedelta(days=DAYS)
    return gaps_in(by_label("groups", Period(first, today, "own")), limits)


def gaps_in(found: Tally[str], limits: Numbers) -> list[Gap]:
    """The same of endings by group that were counted already."""
    gaps = []
    for kind, _title, names in KINDS:
        if kind in OF_PICTURES:  # these differ because the policy says so
            continue
        counts = {group: _counts(found, f"{kind}:{group}") for group in names}
        of_all = tuple(map(sum, zip(*counts.values(), strict=True)))
        for group, (passed, checks) in counts.items():
            others = of_all[0] - passed, of_all[1] - checks
            fewest = min(checks, others[1])
            if fewest >= (limits["group_fewest"] or 1) and _is_behind(
                (passed, checks), others, limits
            ):
                share, usual = 100 * passed / checks, 100 * others[0] / others[1]
                gaps.append((usual - share, str(names[group]), round(share), round(usual)))
    return [gap[1:] for gap in sorted(gaps, reverse=True)]


def _counts(found: Tally[str], group: str) -> tuple[int, int]:
    passed = found[f"{group}:{Ending.PASSED}"] + found[f"{group}:{Ending.DRAWN}"]
    return passed, passed + found[f"{group}:{Ending.OFFICER}"]


def _is_behind(group: tuple[int, int], others: tuple[int, int], limits: Numbers) -> bool:
    """Further below the others than the limit, and than chance brings (two shares of a pooled)."""
    pooled = (group[0] + others[0]) / (group[1] + others[1])
    chance = sqrt(pooled * (1 - pooled) * (1 / group[1] + 1 / others[1]))
    gap = others[0] / others[1] - group[0] / group[1]
    least, deviations = limits["group_gap"] or 0, limits["group_deviations"] or 0
    return gap > max(least / 100, deviations * chance)
