"""The lever of targets and alerts: one administrator asks, another agrees, as for every lever."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.typing import Json, StrOrPromise
from dashboards.models import FigureValue
from dashboards.steering.preview import SPAN, Past
from dashboards.steering.reached import reached
from dashboards.values.table import VALUES, values_now
from offices.levers import Effect, Lever, LeverRefused
from offices.models import Officer
from offices.roles import WATCHING


class FiguresLever(Lever):
    """A subject is a key of VALUES."""

    code = "figures"
    name = gettext_lazy("Target or alert of the figures")

    def title(self, subject: str, new: Json) -> str:
        if subject not in VALUES:
            return subject
        return f"{VALUES[subject].name} … {VALUES[subject].unit}"

    def present(self, subject: str) -> Json:
        return {"value": values_now()[subject]} if subject in VALUES else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return {"value": gettext_lazy("Value")}

    def effect(self, subject: str, new: Json) -> Effect:
        """Who reads these figures, and what the last days would have been with the value."""
        readers = Officer.objects.filter(is_active=True, role__in=WATCHING).count()
        words = ngettext(
            "%(count)s person reads these figures.", "%(count)s people read these figures.", readers
        ) % {"count": f"{readers:,}"}
        if subject not in VALUES:
            return Effect(readers, [words])
        told = _alerts_then(subject, new) if VALUES[subject].alerts else _days_then(subject, new)
        return Effect(readers, [words, told])

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        _refuse_nonsense(subject, new)
        held = {"value": new["value"], "changed_at": timezone.now()}
        FigureValue.objects.update_or_create(key=subject, defaults=held)


def _refuse_nonsense(subject: str, new: Json) -> None:
    """Whatever form it came by: alerts that never or always sound are no alerts."""
    bounds, value = VALUES.get(subject), new.get("value")
    if bounds is None or set(new) != {"value"}:
        raise LeverRefused(_("There is no such value."))
    if value is None and bounds.usual is None:
        return
    if type(value) is not int or not bounds.least <= value <= bounds.most:
        raise LeverRefused(
            _("The value must lie between %(least)s and %(most)s.")
            % {"least": f"{bounds.least:,}", "most": f"{bounds.most:,}"}
        )


def _alerts_then(subject: str, new: Json) -> str:
    past, limits = Past(timezone.localdate()), values_now()
    kinds = VALUES[subject].alerts
    then = limits | {subject: new["value"]}
    return _(
        "Of the last %(span)s days, the alert was raised on %(now)s with the present value; with"
        " the new one it would have been on %(then)s."
    ) % {"span": SPAN, "now": past.raised(kinds, limits), "then": past.raised(kinds, then)}


def _days_then(subject: str, new: Json) -> str:
    met, days = reached(subject, new["value"], days=SPAN)
    if new["value"] is None:
        return _("There will be no target.")
    return _("The new target was met on %(met)s of the last %(days)s days with figures.") % {
        "met": met,
        "days": days,
    }
