"""The lever of the phases: when they begin and end, for how many, where and by which ways."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import Actor
from core.templatetags.thai import people_date
from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, labels_of
from offices.models import Officer
from registration.models import Enrollment
from registration.states import State
from rollout.checklist import missing
from rollout.models import Phase, WaitingPerson
from rollout.services import change_phase, free_places, in_force
from rollout.waiting import who_can_be_called

FIELDS = (
    "name", "capacity", "starts_on", "ends_on", "closed", "opens_office", "opens_self",
    "opens_app", "provinces",
)  # fmt: skip
DATES = {"starts_on", "ends_on"}
# Later ones have been asked at the gate for the last time.
NOT_YET_IN = (State.STARTED, State.CONSENTED, State.CARD_CAPTURED)


class PhaseLever(Lever):
    code = "phase"
    name = gettext_lazy("Phase")

    def title(self, subject: str, new: Json) -> str:
        known = Phase.objects.filter(pk=subject).first()
        return str(known or new.get("name", new.get("code", subject)))

    def present(self, subject: str) -> Json:
        phase = Phase.objects.filter(pk=subject).first()
        return values_of(phase) if phase else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(Phase, (*FIELDS, "code"))

    def effect(self, subject: str, new: Json) -> Effect:
        """What the change does, from tomorrow's dates as well: it is computed for the first day on
        which the changed phase could be in force.
        """
        changed = _with(subject, new)
        others = [phase for phase in Phase.objects.all() if phase.pk != changed.pk]
        day = max(timezone.localdate(), changed.starts_on)
        before, after = in_force([*_now(subject), *others], day), in_force([changed, *others], day)
        return _effect(before, after, changed, day)

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        """A phase that would come into force or begin anew by this needs its whole checklist."""
        changed = _with(subject, new)
        try:
            changed.full_clean()
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        begins = "starts_on" in new or not _is_in_force(subject)
        if begins and _would_be_in_force(changed) and missing(changed):
            raise LeverRefused(_("Not everything on the checklist holds. Nothing was changed."))
        change_phase(changed, actor=Actor.officer(by))


def values_of(phase: Phase) -> Json:
    """The fields of a phase as JSON."""
    return {name: _plain(getattr(phase, name)) for name in FIELDS} | {"code": phase.pk}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _with(subject: str, new: Json) -> Phase:
    """The phase as it would be, not saved."""
    phase = Phase.objects.filter(pk=subject).first() or Phase(pk=new.get("code", subject))
    for name in new.keys() & set(FIELDS):
        value = new[name]
        is_date = name in DATES and value
        setattr(phase, name, datetime.date.fromisoformat(value) if is_date else value)
    return phase


def _now(subject: str) -> list[Phase]:
    return list(Phase.objects.filter(pk=subject))


def _is_in_force(subject: str) -> bool:
    present = in_force(list(Phase.objects.all()), timezone.localdate())
    return present is not None and present.pk == subject


def _would_be_in_force(changed: Phase) -> bool:
    others = Phase.objects.exclude(pk=changed.pk)
    return in_force([changed, *others], timezone.localdate()) == changed


def _effect(
    before: Phase | None, after: Phase | None, changed: Phase, day: datetime.date
) -> Effect:
    had, has, stopped = free_places(before), free_places(after), stopped_by(after)
    called = who_can_be_called(WaitingPerson.objects.all(), phase=after).count()
    closed = _("no phase: registration is closed")
    sentences = [
        _("In force on %(day)s: %(before)s, then %(after)s.")
        % {"day": people_date(day), "before": before or closed, "after": after or closed},
        ngettext(
            "%(count)s registration under way will be stopped.",
            "%(count)s registrations under way will be stopped.",
            stopped,
        )
        % {"count": f"{stopped:,}"},
        _("Free places: %(before)s, then %(after)s.") % {"before": f"{had:,}", "after": f"{has:,}"},
        ngettext(
            "%(count)s person who left an address will be told.",
            "%(count)s people who left an address will be told.",
            min(called, has),
        )
        % {"count": f"{min(called, has):,}"},
    ]
    if after == changed and before != changed:
        sentences += [f"{item.name} ({item.found})" for item in missing(changed)]
    return Effect(stopped or abs(has - had), sentences)


def stopped_by(after: Phase | None) -> int:
    """How many registrations under way could not go on: by their way, or for want of a place."""
    rows = Enrollment.objects.filter(state__in=NOT_YET_IN, renewal=False)
    counted = rows.order_by().values_list("state", "channel").annotate(Count("pk"))
    stopped, without_place = 0, 0
    for state, channel, count in counted:
        if after is None or not after.opens(channel):
            stopped += count
        elif state == State.STARTED:
            without_place += count
    return stopped + max(0, without_place - free_places(after))
