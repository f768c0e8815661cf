"""The lever of the line at the start: by itself, at most so many a minute, closed, or none."""

import math

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.actions import Action
from audit.services import Actor, record
from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, labels_of
from offices.models import Officer
from rollout.line.figures import line_figures
from rollout.line.moving import course_kept, move_line
from rollout.line.seeing import see
from rollout.line.snapshot import look_anew
from rollout.line.speed import speed_of
from rollout.models import LineRule, Mode, rule_in_force

SUBJECT = "1"  # there is one line
FIELDS = ("mode", "per_minute")


class LineLever(Lever):
    code = "line"
    name = gettext_lazy("Line at the start")

    def title(self, subject: str, new: Json) -> str:
        mode = new.get("mode", rule_in_force().mode)
        return str(Mode(mode).label) if mode in Mode.values else str(self.name)

    def present(self, subject: str) -> Json:
        rule = rule_in_force()
        return {name: getattr(rule, name) for name in FIELDS}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(LineRule, FIELDS)

    def effect(self, subject: str, new: Json) -> Effect:
        """In people an hour, and without a line in those who wait: rounded, since on the day on
        which this is needed hundreds come while somebody types.
        """
        figures, changed = line_figures(), _with(new)
        before = 60 * figures.per_minute
        if changed.mode == Mode.OFF:
            people = rounded(figures.waiting)
            told = _("Everybody who waits may begin at once: about %(count)s people.")
            return Effect(people, [told % {"count": f"{people:,}"}])
        after = _an_hour(changed)
        told = _("People called in an hour: about %(before)s, then about %(after)s.")
        waiting = ngettext(
            "About %(count)s person waits now.",
            "About %(count)s people wait now.",
            rounded(figures.waiting),
        )
        return Effect(
            rounded(abs(after - before)),
            [
                told % {"before": f"{rounded(before):,}", "after": f"{rounded(after):,}"},
                waiting % {"count": f"{rounded(figures.waiting):,}"},
                _("Nobody loses a place in line by this, and who was called may begin."),
            ],
        )

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        changed = _with(new)
        try:
            changed.full_clean(validate_unique=False)
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        changed.save()
        record(
            Action.LINE_CHANGED,
            changed,
            actor=Actor.officer(by),
            mode=changed.mode,
            per_minute=changed.per_minute,
        )
        move_line(wait=True)
        transaction.on_commit(look_anew)


def rounded(count: float) -> int:
    """To one digit that counts."""
    if count < 1:
        return 0
    unit = int(10 ** math.floor(math.log10(count)))
    return unit * round(count / unit)


def _with(new: Json) -> LineRule:
    present = rule_in_force()
    values = {name: new.get(name, getattr(present, name)) for name in FIELDS}
    return LineRule(pk=1, **values)


def _an_hour(rule: LineRule) -> float:
    """How many would be called in the next hour, by what is seen of workers and officers."""
    if rule.mode == Mode.CLOSED:
        return 0.0
    at_most = float(rule.per_minute) if rule.mode == Mode.AT_MOST else None
    return 60 * speed_of(see(course_kept(), timezone.now()), at_most=at_most).per_minute
