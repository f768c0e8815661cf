"""The one table of values that can be set: what each is called, and which numbers make sense."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from dashboards.models import FigureValue

Numbers = Mapping[str, int | None]


@dataclass(frozen=True)
class Bounds:
    """`usual` holds where nothing was set; None: there is no target then, and it may be emptied.

    `alerts` are the kinds of dashboards.anomalies.Anomaly that it decides on; none: a target.
    """

    name: StrOrPromise
    unit: StrOrPromise
    least: int
    most: int
    usual: int | None = None
    alerts: frozenset[str] = frozenset()


PERCENT_OF_USUAL = _("percent of what is usual")
# The least of a surge's sign-ups is never below dashboards.privacy.FEWEST: the alert names them.
VALUES: dict[str, Bounds] = {
    "signups": Bounds(
        _("Target: sign-ups a day"),
        _("sign-ups"),
        1,
        2_000_000,
        usual=settings.EXPECTED_SIGN_UPS_A_DAY,
    ),
    "wait": Bounds(_("Target: 90% of cases decided within"), _("hours"), 1, 720),
    "machine": Bounds(_("Target: checks passed by the machine alone"), _("percent"), 1, 99),
    "drop": Bounds(
        _("Alert: far fewer sign-ups than usual, below"),
        PERCENT_OF_USUAL,
        5,
        95,
        usual=60,
        alerts=frozenset({"drop"}),
    ),
    "spike": Bounds(
        _("Alert: far more sign-ups than usual, above"),
        PERCENT_OF_USUAL,
        105,
        1000,
        usual=160,
        alerts=frozenset({"spike"}),
    ),
    "fewest": Bounds(
        _("Alerts on sign-ups: not where a day has fewer than"),
        _("sign-ups"),
        5,
        10_000,
        usual=20,
        alerts=frozenset({"drop", "spike", "surge"}),
    ),
    "deviations": Bounds(
        _("Alert: an office has more sign-ups than chance brings, beyond"),
        _("deviations"),
        3,
        20,
        usual=5,
        alerts=frozenset({"surge"}),
    ),
    "group_gap": Bounds(
        _("Alert: a group fares worse with the machine than the others, by"),
        _("percentage points"),
        3,
        60,
        usual=10,
        alerts=frozenset({"group", "again"}),
    ),
    "group_deviations": Bounds(
        _("Alert on groups: beyond what chance brings, by"),
        _("deviations"),
        3,
        20,
        usual=5,
        alerts=frozenset({"group", "again"}),
    ),
    "group_fewest": Bounds(
        _("Alert on groups: not where a group has fewer checks than"),
        _("checks"),
        50,
        100_000,
        usual=200,
        alerts=frozenset({"group", "again"}),
    ),
}
USUAL: Numbers = {key: bounds.usual for key, bounds in VALUES.items()}


def values_now() -> dict[str, int | None]:
    """Each value as it holds; one query."""
    kept = dict(FigureValue.objects.values_list("key", "value"))
    return {key: kept.get(key, bounds.usual) for key, bounds in VALUES.items()}
