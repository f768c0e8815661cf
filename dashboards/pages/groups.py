"""Whether the checks treat people alike, and what more caution would cost.

What is counted stands in registration.services.group_outcomes: endings by group, of nobody.
"""

from collections import Counter as Tally
from collections.abc import Mapping

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.typing import StrOrPromise
from dashboards.groups import KINDS, Names
from dashboards.periods import Period
from dashboards.privacy import HIDDEN, hidden_of
from dashboards.sums import by_label
from dashboards.tables import Column, Kind, Row, Table, Value
from dashboards.values.table import values_now
from registration.models import Ending
from verification.capture import Assurance

FEWEST = 20  # checks of a group; the shares of fewer tell of people rather than of the group
SHARES = (0.0, 0.05, 0.10, 0.25, 1.0)  # of browsers' pictures drawn for an officer


def group_tables(period: Period) -> list[Table]:
    found = by_label("groups", period)
    endings = {
        (kind, group): Tally({e: found[f"{kind}:{group}:{e}"] for e in Ending.values})
        for kind, _title, names in KINDS
        for group in names
    }
    tables = [
        _table(kind, title, names, {group: endings[kind, group] for group in names})
        for kind, title, names in KINDS
    ]
    levels = {level: endings["capture", level] for level in Assurance}
    return [*tables, _costs(levels)]


def _table(
    kind: str, title: StrOrPromise, names: Names, endings: Mapping[str, Tally[str]]
) -> Table:
    """Every check is in one group of each kind: the sum of all is known from the other kinds."""
    hidden = hidden_of({group: ends.total() for group, ends in endings.items()}, fewest=FEWEST)
    return Table(
        key=kind,
        title=str(title),
        unit=_("checks of selfies; shares of them"),
        definition="groups",
        columns=[
            Column("group", _("Group"), Kind.WORDS),
            Column("checks", _("Checks")),
            *(Column(one.value, str(one.label), Kind.SHARE) for one in Ending),
        ],
        rows=[
            Row([str(name), *_cells(endings[group], is_hidden=group in hidden)])
            for group, name in names.items()
        ],
        note=_(
            "Groups with fewer than %(fewest)s checks are not shown,"
            " nor those they would follow from."
        )
        % {"fewest": FEWEST},
    )


def _cells(endings: Tally[str], *, is_hidden: bool) -> list[Value]:
    checks = endings.total()
    if is_hidden or not checks:
        return [HIDDEN if is_hidden else 0, *[None] * len(Ending)]
    return [checks, *(100 * endings[one] / checks for one in Ending)]


def cases_a_day(
    levels: Mapping[Assurance, Tally[str]], drawn: float, expected: int
) -> float | None:
    """How many of the expected sign-ups a day would reach an officer, were this share of browsers'
    pictures drawn, and all else as it was. None where nothing was decided.

    `levels`: how checks ended, by who vouches for the pictures. Those asked for again come back.
    """
    decided = {level: ends.total() - ends[Ending.AGAIN] for level, ends in levels.items()}
    if not sum(decided.values()):
        return None
    cases = 0.0
    for level, endings in levels.items():
        officers = endings[Ending.OFFICER]
        share = drawn if level == Assurance.LIVE else 0.0
        cases += officers + share * (decided[level] - officers)
    return expected * cases / sum(decided.values())


def _costs(levels: Mapping[Assurance, Tally[str]]) -> Table:
    checks = sum(ends.total() for ends in levels.values())
    web = 100 * levels[Assurance.LIVE].total() / checks if checks else 0
    expected = values_now()["signups"] or 1
    shares = sorted({*SHARES, settings.BROWSER_LOOK_SHARE})
    return Table(
        key="costs",
        title=_("What looking at more costs"),
        unit=_("cases a day for officers, at %(signups)s sign-ups a day")
        % {"signups": number_format(expected, force_grouping=True)},
        definition="costs",
        columns=[
            Column("share", _("Share drawn of browsers' pictures"), Kind.SHARE),
            Column("cases", _("Cases a day")),
        ],
        rows=[Row([100 * share, cases_a_day(levels, share, expected)]) for share in shares],
        note=_(
            "Browsers' cameras took %(web)s%% of the pictures; %(now)s%% of these are drawn now."
        )
        % {
            "web": number_format(web, 1),
            "now": number_format(100 * settings.BROWSER_LOOK_SHARE, 1),
        },
    )
