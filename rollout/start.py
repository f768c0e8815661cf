"""Where the rollout stands and what is to be done next, for the administrators' start page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import ngettext

from offices.models import Proposal
from rollout.checklist import Item, checklist
from rollout.imports_that_wait import Step, imports_that_wait, imports_under_way
from rollout.line.figures import LineFigures, line_figures
from rollout.models import Phase
from rollout.preparing import offices_not_ready
from rollout.services import in_force, places_taken


@dataclass(frozen=True)
class Start:
    """`planned` is the phase that the checklist is of: the next one, or the one in force where no
    other is planned. `imports` are under way, `waiting` those that go no further by themselves.
    `not_ready` are offices of a phase to come. A step has an address of "" where it has no page.
    """

    phase: Phase | None
    planned: Phase | None
    taken: int
    imports: int
    waiting: Sequence[Step]
    proposals: int
    checklist: Sequence[Item]
    line: LineFigures
    not_ready: int

    @property
    def capacity(self) -> int:
        return self.phase.capacity if self.phase else 0

    @property
    def share(self) -> float:
        return 100 * self.taken / self.capacity if self.capacity else 0.0

    @property
    def steps(self) -> list[Step]:
        found = list(self.waiting)
        if self.proposals:
            words = ngettext(
                "%(count)s change waits for a second administrator.",
                "%(count)s changes wait for a second administrator.",
                self.proposals,
            )
            told = {"count": number_format(self.proposals, force_grouping=True)}
            found.append((words % told, reverse("levers:list")))
        if self.not_ready:
            words = ngettext(
                "%(count)s office of the next wave does not say yet that it is ready.",
                "%(count)s offices of the next wave do not say yet that they are ready.",
                self.not_ready,
            )
            told = {"count": number_format(self.not_ready, force_grouping=True)}
            found.append((words % told, reverse("plan:page") + "#provinces-title"))
        return found + [(item.remedy, item.address) for item in self.checklist if not item.holds]


def start() -> Start:
    phases = list(Phase.objects.all())
    phase = in_force(phases, timezone.localdate())
    planned = _next_after(phase, phases)
    since = timezone.now() - settings.LEVER_WAITS_FOR
    return Start(
        phase=phase,
        planned=planned,
        taken=places_taken(phase) if phase else 0,
        imports=imports_under_way(),
        waiting=imports_that_wait(),
        proposals=Proposal.objects.filter(answer="", asked_at__gte=since).count(),
        checklist=checklist(planned) if planned else [],
        line=line_figures(),
        not_ready=offices_not_ready(planned.provinces) if planned and planned != phase else 0,
    )


def _next_after(phase: Phase | None, phases: Sequence[Phase]) -> Phase | None:
    """Not one that was closed or is over: its day has passed. One that waits for its checklist
    is what comes next, whatever the day.
    """
    today = timezone.localdate()
    coming = [one for one in phases if one.starts_on >= today or (one.waits and not one.closed)]
    later = [one for one in coming if phase is None or one.starts_on > phase.starts_on]
    return min(later, key=lambda one: one.starts_on, default=phase)
