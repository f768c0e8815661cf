"""Takes a file of the pilot over: matched people get their digital ID, the others an officer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.actions import Action
from audit.services import Actor, record
from identity.issuing_many import unissue_many
from offices.models import Office
from pilot.contract import COLUMNS, MOST_PEOPLE, read_pilot
from pilot.issuing import issue, note_members
from pilot.matching import compare
from pilot.models import PilotImport, PilotImportState, PilotMember
from population.imports.contract import BadFile
from population.imports.formats import find_format
from population.imports.sources import Source
from registration.errors import Refused

AT_ONCE = 10_000
COUNTS = ("rows", "matched", "differing", "already_there", "rejected")
OVERTAKEN = gettext_noop("Somebody in the file registered meanwhile. Start anew.")


class Stopped(Exception):
    """Somebody paused or cancelled the import while it was being taken over."""


def run_import(
    pilot_import: PilotImport,
    source: Source,
    *,
    actor: Actor,
    on_progress: Callable[[int, int], None] = lambda done, people: None,
) -> PilotImport:
    """All of the file in one transaction: killed anywhere, nothing has happened.

    `on_progress` learns how many of how many people are done. A pause or a cancellation gives up
    what has been done.

    A person who is there already, from this or another file, is left as they are. A file that
    cannot be taken over ends the import as failed, with the reason in its message.
    """
    if pilot_import.state != PilotImportState.WAITING:
        return pilot_import
    try:
        with transaction.atomic():
            _take_over(pilot_import, source, actor=actor, on_progress=on_progress)
    except Stopped:
        pilot_import.refresh_from_db()
    except BadFile as problem:
        _fail(pilot_import, problem, actor=actor)
    except IntegrityError:
        _fail(pilot_import, BadFile(OVERTAKEN), actor=actor)
    return pilot_import


def _take_over(
    pilot_import: PilotImport,
    source: Source,
    *,
    actor: Actor,
    on_progress: Callable[[int, int], None],
) -> None:
    with connection.cursor() as cursor:
        # Two files at once would both find somebody missing.
        cursor.execute("LOCK TABLE pilot_pilotmember IN SHARE ROW EXCLUSIVE MODE")
    pilot_import.refresh_from_db()
    if pilot_import.state != PilotImportState.WAITING:
        return
    offices = list(Office.objects.values_list("code", flat=True))
    written = find_format(source, COLUMNS)
    people, rejected = read_pilot(source, written, offices=offices)
    pilot_import.file_format = asdict(written)
    pilot_import.rows = people.height + len(rejected)
    pilot_import.rejected = len(rejected)
    pilot_import.rejected_lines = [[one.line, one.reason] for one in rejected]
    there, done, fresh = PilotMember.objects.count(), 0, 0
    for batch in _compared(people):
        _stop_if_asked(PilotImport.objects.filter(pk=pilot_import.pk))
        fresh += _take_over_batch(pilot_import, batch)
        done += batch.height
        on_progress(done, people.height)
        if there + fresh > MOST_PEOPLE:
            raise BadFile(
                gettext_noop("With this file the pilot would have more than %(most)s people."),
                most=f"{MOST_PEOPLE:,}",
            )
    pilot_import.already_there = people.height - fresh
    _stop_if_asked(PilotImport.objects.filter(pk=pilot_import.pk).select_for_update())
    pilot_import.state, pilot_import.finished_at = PilotImportState.DONE, timezone.now()
    pilot_import.save()
    counts = {name: getattr(pilot_import, name) for name in COUNTS}
    record(Action.PILOT_IMPORTED, pilot_import, actor=actor, **counts)


def _stop_if_asked(mine: QuerySet[PilotImport]) -> None:
    if not mine.filter(state=PilotImportState.WAITING).exists():
        raise Stopped


def _compared(people: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """People with what is known of them, some thousands at a time.

    The next are looked up, over a connection of their own, while these are being written. No
    number is in the file twice, so nobody is missed by looking before the others are committed.
    """
    batches = list(people.iter_slices(AT_ONCE))
    if len(batches) == 1:
        yield compare(people)
        return
    pool = ThreadPoolExecutor(1)
    try:
        yield from pool.map(compare, batches)
    finally:
        pool.submit(lambda: connection.close())  # noqa: PLW0108 - that thread's own connection
        pool.shutdown()


def _take_over_batch(pilot_import: PilotImport, people: pl.DataFrame) -> int:
    """How many of them are new."""
    life = pl.col("expires_on").replace("", None)
    fresh = people.filter(~pl.col("member")).with_columns(life)
    agreeing = fresh.filter(pl.col("difference") == "")
    differing = fresh.filter(pl.col("difference") != "")
    issued = agreeing.with_columns(issue(agreeing).alias("digital_id"))
    note_members(issued, pilot_import)
    note_members(differing.with_columns(digital_id=pl.lit(None, pl.Binary)), pilot_import)
    pilot_import.matched += issued.height
    pilot_import.differing += differing.height
    return fresh.height


def _fail(pilot_import: PilotImport, problem: BadFile, *, actor: Actor) -> None:
    pilot_import.refresh_from_db()
    pilot_import.state = PilotImportState.FAILED
    pilot_import.message, pilot_import.message_values = problem.said, problem.values
    pilot_import.finished_at = timezone.now()
    with transaction.atomic():
        pilot_import.save()
        record(Action.PILOT_IMPORT_FAILED, pilot_import, actor=actor)


def check_untouched(pilot_import: PilotImport) -> None:
    """Raise Refused once somebody of the file has come back or an officer has decided."""
    touched = Q(terms_accepted_at__isnull=False) | Q(decided_at__isnull=False)
    if pilot_import.members.filter(touched).exists():
        raise _touched()


@transaction.atomic
def take_file_back(pilot_import: PilotImport, *, actor: Actor) -> None:
    """Undo a file as long as none of its people has come back and no officer has decided."""
    locked = PilotImport.objects.select_for_update().get(pk=pilot_import.pk)
    members = list(locked.members.select_for_update())
    check_untouched(locked)
    issued = {one.number_key: one.digital_id for one in members if one.digital_id}
    if locked.state != PilotImportState.DONE or not unissue_many(issued):
        raise _touched()
    locked.members.all().delete()
    locked.state = PilotImportState.TAKEN_BACK
    locked.save(update_fields=["state"])
    record(Action.PILOT_TAKEN_BACK, locked, actor=actor, people=len(members))


def _touched() -> Refused:
    return Refused(
        "cannot_take_back",
        _("People of this file have come back or been decided on. It can no longer be undone."),
    )
