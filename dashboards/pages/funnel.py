"""Where people go on, stop, and have to repeat."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from core.typing import StrOrPromise
from dashboards.behind import NEW, entries, entries_by
from dashboards.devices import BROWSERS, DEVICES
from dashboards.periods import Period
from dashboards.sums import as_bins, by_figure, quantile
from dashboards.tables import Column, Kind, Row, Table
from registration.models import RetakeReason

# As citizens count the steps.
STEPS = (
    ("arrival", gettext_lazy("1. Portal opened")),
    ("start", gettext_lazy("2. Registration opened")),
    ("accept_terms", gettext_lazy("3. Terms accepted")),
    ("capture_card", gettext_lazy("4. Card photographed")),
    ("confirm_data", gettext_lazy("4. Card data confirmed")),
    ("submit_selfie", gettext_lazy("5. Selfie handed in")),
    ("verified", gettext_lazy("5. Checks passed")),
    ("set_password", gettext_lazy("6. Password set")),
    ("activate", gettext_lazy("7 and 8. Consent given, digital ID issued")),
)
FIGURES = ("reached", "arrivals", "moves", "steps", "retakes", "devices")
MOVES_OF = {"verified": ("pass_checks", "approve")}
ENDINGS = (Action.PASS_CHECKS, Action.APPROVE, Action.REJECT)


Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class Sums:
    """The sums of one period by figure and label."""

    figures: dict[str, Tally[str]]

    def of(self, figure: str) -> Tally[str]:
        return self.figures.get(figure, Tally())

    @property
    def reached(self) -> Tally[str]:
        """How many came to each step, and how many were asked for a new photo at least once."""
        return self.of("reached") + Tally(arrival=self.of("arrivals").total())

    @property
    def endings(self) -> Counts:
        moves = self.of("moves")
        return [
            (_("Passed by machine alone"), moves["checking>pass_checks"]),
            (_("Passed after an officer's review"), moves["in_review>approve"]),
            (_("Rejected"), moves["in_review>reject"]),
        ]

    @property
    def retakes(self) -> Counts:
        found = self.of("retakes")
        return [(str(reason.label), found[reason.value]) for reason in RetakeReason]

    def classes(self, names: Mapping[str, StrOrPromise], part: int) -> Counts:
        """By device (the first part of a label) or browser (the second)."""
        counts: Tally[str] = Tally()
        for label, count in self.of("devices").items():
            counts[label.split("-")[part]] += count
        return [(str(name), counts[code]) for code, name in names.items()]


def funnel_tables(period: Period) -> list[Table]:
    now = Sums(by_figure(FIGURES, period))
    before = Sums(by_figure(FIGURES, period.before)) if period.compares else None
    begun, head = _("registrations begun"), _("Class")
    return [
        _steps(now, before, period),
        _shares(
            ("endings", _("How the checks ended"), _("registrations"), _("Ending")),
            now.endings,
            before.endings if before else None,
            behind=[entries(action, period) for action in ENDINGS],
        ),
        _retakes(now, before, period),
        _shares(
            ("devices", _("Devices"), begun, head),
            now.classes(DEVICES, 0),
            before.classes(DEVICES, 0) if before else None,
            behind=entries_by("device", DEVICES, Action.START, period, only=NEW),
        ),
        _shares(
            ("browsers", _("Browsers"), begun, head),
            now.classes(BROWSERS, 1),
            before.classes(BROWSERS, 1) if before else None,
            behind=entries_by("browser", BROWSERS, Action.START, period, only=NEW),
        ),
    ]


def _before() -> Column:
    return Column("before", _("Period before"), charted=True)


def _steps(now: Sums, before: Sums | None, period: Period) -> Table:
    reached, earlier = now.reached, before.reached if before else None
    rows, first = [], reached["start"]
    following = [name for name, _title in STEPS[1:]] + [None]
    for (name, title), after in zip(STEPS, following, strict=True):
        count = reached[name]
        bins: Tally[int] = Tally()
        for move in MOVES_OF.get(name, (name,)):
            bins.update(as_bins(now.of("steps"), move))
        # Who comes with the app has opened no page: more may begin than open the portal.
        left = max(0, count - reached[after]) if after else None
        share = 100 * count / first if first and name != "arrival" else None
        then = [] if earlier is None else [earlier[name]]
        cells = [str(title), count, *then, share, left, quantile(bins, 0.5)]
        rows.append(Row(cells, href=_behind_step(name, period)))
    return Table(
        key="steps",
        title=_("How far people come"),
        unit=_("registrations"),
        definition="funnel",
        columns=[
            Column("step", _("Step"), Kind.WORDS),
            Column("entered", _("Reached it"), charted=True),
            *([] if earlier is None else [_before()]),
            Column("share", _("Of all"), Kind.SHARE),
            Column("left", _("Did not go on")),
            Column("median", _("Median time"), Kind.TIME),
        ],
        rows=rows,
        chart="bars",
    )


def _behind_step(name: str, period: Period) -> str:
    """Of who opens the portal nothing is kept; how the checks ended is told further down."""
    if name in MOVES_OF:
        return "#endings-title"
    return "" if name == "arrival" else entries(Action.of(name), period, only=NEW)


def _retakes(now: Sums, before: Sums | None, period: Period) -> Table:
    asked = sum(count for _name, count in now.retakes)
    moves, people = now.of("moves"), now.of("reached")
    checked = sum(count for label, count in moves.items() if label.endswith(">submit_selfie"))
    share = 100 * people["ask_retake"] / people["submit_selfie"] if people["submit_selfie"] else 0
    note = _(
        "%(asked)s new photos asked for after %(checked)s selfies: %(share)s%% of those who"
        " handed in a selfie had to take at least one again."
    )
    told = {"asked": f"{asked:,}", "checked": f"{checked:,}", "share": f"{share:.1f}"}
    names = ("retakes", _("Why a new photo is asked for"), _("requests"), _("Reason"))
    earlier = before.retakes if before else None
    behind = entries_by("reason_code", RetakeReason.values, Action.ASK_RETAKE, period)
    return replace(_shares(names, now.retakes, earlier, behind), note=note % told)


def _shares(
    names: tuple[str, str, str, str],
    counts: Counts,
    before: Counts | None,
    behind: Sequence[str],
) -> Table:
    """`names`: key, title, unit, and what heads the rows. `behind`: an address for each row."""
    key, title, unit, head = names
    total = sum(count for _name, count in counts)
    earlier = [[] for _count in counts] if before is None else [[count] for _name, count in before]
    rows = [
        Row([name, count, *then, 100 * count / total if total else None], href=href)
        for (name, count), then, href in zip(counts, earlier, behind, strict=True)
    ]
    return Table(
        key=key,
        title=title,
        unit=unit,
        definition=key,
        columns=[
            Column("what", head, Kind.WORDS),
            Column("count", _("Count"), charted=True),
            *([] if before is None else [_before()]),
            Column("share", _("Share"), Kind.SHARE),
        ],
        rows=rows,
        summed=("count", "before"),
        chart="bars",
    )
