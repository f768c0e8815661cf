"""The lever of the phases: when they begin and end, for how many, where and by which ways."""

import datetime
from typing import ClassVar

import geothai
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import Actor
from core.templatetags.thai import people_date
from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, labels_of
from offices.models import Officer
from registration.models import Channel
from rollout.checklist import missing
from rollout.models import Phase, WaitingPerson
from rollout.models.phases import phase_name
from rollout.moments import Moment, moments_with
from rollout.services import change_phase, province_names
from rollout.waiting import who_can_be_called

FIELDS = (
    "name", "name_th", "capacity", "starts_on", "ends_on", "closed", "opens_office", "opens_self",
    "opens_app", "provinces",
)  # fmt: skip
DATES = {"starts_on", "ends_on"}


class PhaseLever(Lever):
    code = "phase"
    name = gettext_lazy("Phase")
    model = Phase
    out_of_use: ClassVar[Json] = {"closed": True}

    def title(self, subject: str, new: Json) -> str:
        known = Phase.objects.filter(pk=subject).first()
        given = {name: new[name] for name in ("name", "name_th") if name in new}
        return str(known or Phase(**given)) or str(new.get("code", subject))

    def present(self, subject: str) -> Json:
        phase = Phase.objects.filter(pk=subject).first()
        return values_of(phase) if phase else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(Phase, (*FIELDS, "code"))

    def word(self, name: str, value: object) -> object:
        if name == "provinces" and isinstance(value, list):
            return province_names(value) or _("all")
        return phase_name(value) if name == "name" and isinstance(value, str) else value

    def effect(self, subject: str, new: Json) -> Effect:
        """That of the worst day; the other days on which something changes are named."""
        found = moments_with(_with(subject, new))
        if not found:
            return Effect(0, [_("This changes on no day what is in force.")])
        worst = max(found, key=lambda moment: moment.weight)
        others = [_in_force(moment) for moment in found if moment is not worst]
        return Effect(worst.people, [*_sentences(worst), *others])

    def check(self, subject: str, new: Json) -> None:
        """What lets in more than before, on whatever day, needs the whole checklist."""
        changed = _with(subject, new)
        try:
            changed.full_clean()
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        # Of those that are new: one that was mistyped earlier keeps nobody from closing the phase.
        if unknown := set(new.get("provinces", ())) - {one.code for one in geothai.provinces()}:
            codes = ", ".join(sorted(unknown))
            raise LeverRefused(_("There is no province with this code: %s") % codes)
        if any(_missing(moment) for moment in moments_with(changed)):
            raise LeverRefused(_("Not everything on the checklist holds. Nothing was changed."))

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        change_phase(_with(subject, new), actor=Actor.officer(by))


def values_of(phase: Phase) -> Json:
    """The fields of a phase as JSON."""
    return {name: _plain(getattr(phase, name)) for name in FIELDS} | {"code": phase.pk}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _with(subject: str, new: Json) -> Phase:
    """The phase as it would be, not saved. One of a later day waits for it (rollout.beginning)."""
    phase = Phase.objects.filter(pk=subject).first() or Phase(pk=new.get("code", subject))
    for name in new.keys() & set(FIELDS):
        value = new[name]
        is_date = name in DATES and value
        setattr(phase, name, datetime.date.fromisoformat(value) if is_date else value)
    if "starts_on" in new:
        phase.waits = phase.starts_on > timezone.localdate()
    return phase


def _missing(moment: Moment) -> list[str]:
    """What of the checklist does not hold, where the moment needs it."""
    lacking = missing(moment.after) if moment.after and moment.opens else []
    return [f"{item.name} ({item.found})" for item in lacking]


def _in_force(moment: Moment) -> str:
    closed = _("no phase: registration is closed")
    told = {
        "day": people_date(moment.day),
        "before": moment.before or closed,
        "after": moment.after or closed,
    }
    if moment.before == moment.after:
        return _("In force on %(day)s: %(after)s, with the new values.") % told
    return _("In force on %(day)s: %(before)s, then %(after)s.") % told


def _sentences(moment: Moment) -> list[str]:
    waiting = who_can_be_called(WaitingPerson.objects.all(), phase=moment.after).count()
    called, stopped = min(waiting, moment.has), moment.stopped
    told = ngettext(
        "%(count)s person who left an address will be told.",
        "%(count)s people who left an address will be told.",
        called,
    )
    stops = ngettext(
        "%(count)s registration under way will be stopped.",
        "%(count)s registrations under way will be stopped.",
        stopped,
    )
    places = {"before": f"{moment.had:,}", "after": f"{moment.has:,}"}
    lacking = _missing(moment)
    if lacking:
        lacking.insert(0, _("It opens more than before. Of the checklist there is missing:"))
    return [
        _in_force(moment),
        stops % {"count": f"{stopped:,}"},
        *_closed_doors(moment),
        _("Free places: %(before)s, then %(after)s.") % places,
        told % {"count": f"{called:,}"},
        *lacking,
    ]


def _closed_doors(moment: Moment) -> list[str]:
    """Ways and provinces that are shut by it, and who may be stopped by that later."""
    found, after, shut = [], moment.after, moment.provinces_closed
    if after is None:
        return []
    if moment.ways_closed:
        ways = ", ".join(str(Channel(way).label) for way in sorted(moment.ways_closed))
        found.append(_("No longer open: %(ways)s.") % {"ways": ways})
    if shut and len(after.provinces) < len(shut):
        names = ", ".join(province_names(after.provinces))
        found.append(_("No longer open in any province but: %(provinces)s.") % {"provinces": names})
    elif shut:
        names = ", ".join(province_names(shut))
        found.append(_("No longer open in: %(provinces)s.") % {"provinces": names})
    if doubt := moment.in_doubt:
        told = ngettext(
            "%(count)s more may be stopped: the province is not known yet.",
            "%(count)s more may be stopped: their provinces are not known yet.",
            doubt,
        )
        found.append(told % {"count": f"{doubt:,}"})
    return found
