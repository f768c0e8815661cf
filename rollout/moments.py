"""What a change of the phases means for people, on each day from which it makes a difference."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from offices.models import Office
from registration.models import Channel, Enrollment
from registration.office_routing import CENTRAL_OFFICE
from registration.states import State
from rollout.models import Phase
from rollout.services import free_places, in_force

DAY = datetime.timedelta(days=1)
# Later ones have been asked at the gate for the last time.
NOT_YET_IN = (State.STARTED, State.CONSENTED, State.CARD_CAPTURED)
LETS_IN = ("pk", "capacity", "opens_office", "opens_self", "opens_app", "provinces")


@dataclass(frozen=True)
class UnderWay:
    """Registrations that a phase can still stop; `province` is "" where it is not known yet."""

    state: str
    channel: str
    province: str
    count: int

    def goes_on(self, phase: Phase | None) -> bool:
        if phase is None or not phase.opens(self.channel):
            return False
        return not (self.province and phase.provinces) or self.province in phase.provinces


@dataclass(frozen=True)
class Moment:
    """From `day` on `after` would be in force and not `before`, or the same with other values.

    `codes` are those of all provinces.
    """

    day: datetime.date
    before: Phase | None
    after: Phase | None
    under_way: Sequence[UnderWay]
    codes: frozenset[str]

    @property
    def differs(self) -> bool:
        return _values(self.before) != _values(self.after)

    @cached_property
    def had(self) -> int:
        return free_places(self.before)

    @cached_property
    def has(self) -> int:
        return free_places(self.after)

    @property
    def ways_closed(self) -> set[str]:
        return _ways(self.before) - _ways(self.after)

    @property
    def provinces_closed(self) -> set[str]:
        return self._provinces(self.before) - self._provinces(self.after)

    @property
    def opens(self) -> bool:
        """Whether by this somebody may register who could not: a way, a province or places more."""
        return bool(self._doors_opened) or self.has > self.had

    @property
    def stopped(self) -> int:
        """How many under way could not go on any more: by way, by province, for want of a place."""
        ended = [one for one in self._going_on if not one.goes_on(self.after)]
        want = sum(one.count for one in self._staying if one.state == State.STARTED)
        without_place = max(0, want - self.has) - max(0, want - self.had)
        return sum(one.count for one in ended) + max(0, without_place)

    @property
    def in_doubt(self) -> int:
        """How many more may be stopped, as their province is not known yet."""
        unknown = [one for one in self._staying if not one.province]
        return sum(one.count for one in unknown) if self.provinces_closed else 0

    @property
    def people(self) -> int:
        """Those under way whom it stops; where there are none, all whose places it is about."""
        doors = self._doors_opened or self.ways_closed or self.provinces_closed
        places = max(self.had, self.has) if doors else abs(self.has - self.had)
        return self.stopped + self.in_doubt or places

    @property
    def weight(self) -> tuple[int, int]:
        """By which the worst of several is found: people under way count first."""
        return self.stopped + self.in_doubt, self.people

    @property
    def _doors_opened(self) -> set[str]:
        ways = _ways(self.after) - _ways(self.before)
        return ways | (self._provinces(self.after) - self._provinces(self.before))

    @property
    def _going_on(self) -> list[UnderWay]:
        return [one for one in self.under_way if one.goes_on(self.before)]

    @property
    def _staying(self) -> list[UnderWay]:
        return [one for one in self._going_on if one.goes_on(self.after)]

    def _provinces(self, phase: Phase | None) -> set[str]:
        return set(phase.provinces or self.codes) if phase else set()


def moments_with(changed: Phase) -> list[Moment]:
    """Every day from today on from which, with this phase as it would be, something rules otherwise
    than by the phases as they are.
    """
    present = list(Phase.objects.all())
    then = [*(phase for phase in present if phase.pk != changed.pk), changed]
    found: list[Moment] = []
    phases = [*present, *then]
    under_way, codes = _under_way(), _province_codes(phases)
    for day in _days(phases):
        moment = Moment(day, in_force(present, day), in_force(then, day), under_way, codes)
        if not found or _rule(moment) != _rule(found[-1]):
            found.append(moment)
    return [moment for moment in found if moment.differs]


def _days(phases: Sequence[Phase]) -> list[datetime.date]:
    """On which another phase may come into force; tomorrow as well, by when one that waits may."""
    today = timezone.localdate()
    starts = {phase.starts_on for phase in phases}
    ends = {phase.ends_on for phase in phases if phase.ends_on} - {datetime.date.max}
    days = {today, today + DAY, *starts, *(day + DAY for day in ends)}
    return sorted(day for day in days if day >= today)


def _rule(moment: Moment) -> tuple[object, object]:
    return _values(moment.before), _values(moment.after)


def _values(phase: Phase | None) -> list[object]:
    """What of a phase decides who may register."""
    return [getattr(phase, name) for name in LETS_IN] if phase else []


def _ways(phase: Phase | None) -> set[str]:
    return {way for way in Channel.values if phase and phase.opens(way)}


def _under_way() -> list[UnderWay]:
    rows = Enrollment.objects.filter(state__in=NOT_YET_IN, renewal=False).order_by()
    counted = rows.values_list("state", "channel", "office__province_code").annotate(Count("pk"))
    return [UnderWay(state, way, code or "", count) for state, way, code, count in counted]


def _province_codes(phases: Sequence[Phase]) -> frozenset[str]:
    """The central office takes cases of unknown districts: its province is none to be opened."""
    offices = Office.objects.exclude(pk=CENTRAL_OFFICE).order_by()
    named = [code for phase in phases for code in phase.provinces]
    return frozenset([*offices.values_list("province_code", flat=True).distinct(), *named])
