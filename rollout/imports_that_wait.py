"""Imports that go no further by themselves: for the administrators' start page."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilot.models import PilotImport, PilotImportState
from population.models import (
    RESUMABLE,
    Following,
    FollowingState,
    HeldRow,
    ImportRun,
    RunState,
)

Step = tuple[str, str]  # what is to be done, in words, and the page where it is


def imports_that_wait() -> list[Step]:
    """Most dangerous first: what digital IDs wait for, then files."""
    return [*chain(_digital_ids(), _people(), _files(), _of_the_pilot())]


def _digital_ids() -> Iterator[Step]:
    waiting = Following.objects.select_related("run").order_by("run")
    for one in waiting.filter(state=FollowingState.HELD):
        words = ngettext(
            "%(file)s would end %(count)s digital ID: it waits for two administrators.",
            "%(file)s would end %(count)s digital IDs: it waits for two administrators.",
            one.ending,
        )
        yield words % {"file": one.run, "count": _number(one.ending)}, page_of(one.run)
    for one in waiting.filter(state=FollowingState.STOPPED):
        words = _("Digital IDs do not follow %(file)s any more: look why, and let it go on.")
        yield words % {"file": one.run}, page_of(one.run)


def _people() -> Iterator[Step]:
    by_run = HeldRow.objects.values("run").annotate(people=Count("number_key")).order_by("run")
    counts = {row["run"]: row["people"] for row in by_run}
    for run in ImportRun.objects.filter(pk__in=counts).order_by("pk"):
        words = ngettext(
            "Changes of %(count)s person in %(file)s wait for two administrators.",
            "Changes of %(count)s people in %(file)s wait for two administrators.",
            counts[run.pk],
        )
        yield words % {"file": run, "count": _number(counts[run.pk])}, page_of(run)


def _files() -> Iterator[Step]:
    words = {
        RunState.HELD: _("%(file)s waits for two administrators."),
        RunState.PAUSED: _("%(file)s is paused: let it go on, or cancel it."),
    }
    for run in ImportRun.objects.filter(state__in=words).order_by("pk"):
        yield words[RunState(run.state)] % {"file": run}, page_of(run)


def _of_the_pilot() -> Iterator[Step]:
    words = _("%(file)s is paused: let it go on, or cancel it.")
    for one in PilotImport.objects.filter(state=PilotImportState.PAUSED).order_by("pk"):
        yield words % {"file": one}, reverse("admin:pilot_pilotimport_change", args=[one.pk])


def imports_under_way() -> int:
    """Files that were begun and not ended, of the register and of the pilot."""
    pilot = PilotImport.objects.filter(
        state__in=[PilotImportState.WAITING, PilotImportState.PAUSED]
    )
    return ImportRun.objects.filter(state__in=RESUMABLE).count() + pilot.count()


def page_of(run: ImportRun) -> str:
    return reverse("admin:population_importrun_change", args=[run.pk])


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)
