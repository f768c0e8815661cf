"""Where people go on, stop, and have to repeat."""

from collections import Counter as Tally

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dashboards.periods import Period
from dashboards.sums import as_bins, by_label, quantile
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
MOVES_OF = {"verified": ("pass_checks", "approve")}
DEVICES = {
    "iphone": "iPhone",
    "android": "Android",
    "tablet": gettext_lazy("Tablet"),
    "computer": gettext_lazy("Computer"),
    "other": pgettext_lazy("device", "Other"),
}
BROWSERS = {
    "line": "LINE",
    "facebook": "Facebook",
    "samsung": "Samsung Internet",
    "edge": "Edge",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "other": pgettext_lazy("device", "Other"),
}


def funnel_tables(period: Period) -> list[Table]:
    moves = by_label("moves", period)
    devices = by_label("devices", period)
    return [
        _steps(period),
        _endings(moves),
        _retakes(period, moves),
        _classes("devices", devices, 0),
        _classes("browsers", devices, 1),
    ]


def _steps(period: Period) -> Table:
    reached = _reached(period)
    before = _reached(period.before) if period.compares else None
    times = by_label("steps", period)
    rows, first = [], reached["start"]
    following = [name for name, _title in STEPS[1:]] + [None]
    for (name, title), after in zip(STEPS, following, strict=True):
        count = reached[name]
        bins: Tally[int] = Tally()
        for move in MOVES_OF.get(name, (name,)):
            bins.update(as_bins(times, move))
        # Who comes with the app has opened no page: more may begin than open the portal.
        left = max(0, count - reached[after]) if after else None
        share = 100 * count / first if first and name != "arrival" else None
        earlier = [before[name]] if before is not None else []
        rows.append(Row([str(title), count, *earlier, share, left, quantile(bins, 0.5)]))
    return Table(
        key="steps",
        title=_("How far people come"),
        unit=_("registrations"),
        definition="funnel",
        columns=[
            Column("step", _("Step"), Kind.WORDS),
            Column("entered", _("Reached it"), charted=True),
            *([Column("before", _("Period before"), charted=True)] if period.compares else []),
            Column("share", _("Of all"), Kind.SHARE),
            Column("left", _("Did not go on")),
            Column("median", _("Median time"), Kind.TIME),
        ],
        rows=rows,
        chart="bars",
    )


def _reached(period: Period) -> Tally[str]:
    """How many came to each step, and how many were asked for a new photo at least once."""
    return by_label("reached", period) + Tally(arrival=by_label("arrivals", period).total())


def _endings(moves: dict[str, int]) -> Table:
    ends = [
        (_("Passed by machine alone"), moves.get("checking>pass_checks", 0)),
        (_("Passed after an officer's review"), moves.get("in_review>approve", 0)),
        (_("Rejected"), moves.get("in_review>reject", 0)),
    ]
    return _shares("endings", _("How the checks ended"), _("registrations"), _("Ending"), ends)


def _retakes(period: Period, moves: dict[str, int]) -> Table:
    found = by_label("retakes", period)
    reasons = [(str(reason.label), found[reason.value]) for reason in RetakeReason]
    asked = sum(count for _name, count in reasons)
    checked = sum(count for label, count in moves.items() if label.endswith(">submit_selfie"))
    people = by_label("reached", period)
    share = 100 * people["ask_retake"] / people["submit_selfie"] if people["submit_selfie"] else 0
    table = _shares(
        "retakes", _("Why a new photo is asked for"), _("requests"), _("Reason"), reasons
    )
    note = _(
        "%(asked)s new photos asked for after %(checked)s selfies: %(share)s%% of those who"
        " handed in a selfie had to take at least one again."
    )
    told = {"asked": f"{asked:,}", "checked": f"{checked:,}", "share": f"{share:.1f}"}
    return Table(**vars(table) | {"note": note % told})


def _classes(key: str, found: dict[str, int], part: int) -> Table:
    names = (DEVICES, BROWSERS)[part]
    counts: Tally[str] = Tally()
    for label, count in found.items():
        counts[label.split("-")[part]] += count
    title = _("Devices") if key == "devices" else _("Browsers")
    rows = [(str(names[name]), counts[name]) for name in names]
    return _shares(key, title, _("registrations begun"), _("Class"), rows)


def _shares(key: str, title: str, unit: str, head: str, counts: list[tuple[str, int]]) -> Table:
    total = sum(count for _name, count in counts)
    return Table(
        key=key,
        title=title,
        unit=unit,
        definition=key,
        columns=[
            Column("what", head, Kind.WORDS),
            Column("count", _("Count"), charted=True),
            Column("share", _("Share"), Kind.SHARE),
        ],
        rows=[Row([name, count, 100 * count / total if total else None]) for name, count in counts],
        chart="bars",
    )
