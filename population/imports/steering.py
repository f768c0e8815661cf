"""What administrators do with an import from the admin site: the work itself is done by jobs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.services import Actor, record
from core.outbox.services import enqueue
from population import following
from population.agreeing import Heard, Question, Words, agree_to, words_on
from population.imports import services
from population.imports.contract import COLUMNS, BadFile
from population.imports.declaring import UNSAID, Declared
from population.imports.folder import waiting_files
from population.imports.formats import find_format
from population.imports.held_changes import agree_to_changes, changes_wait, leave_changes
from population.imports.objects import SCHEME
from population.imports.sources import Source, size_of, source_named
from population.models import ImportRun, RunState
from population.rejections import REASONS

IMPORT = "population.import"
LARGEST_DIGEST = 2 * 2**30  # a slice has to read it in its time
LARGEST_AGAIN = 256 * 2**20  # of what each slice reads from the beginning


@transaction.atomic
def start(
    file_name: str, *, complete: bool, actor: Actor, declared: Declared = UNSAID
) -> ImportRun:
    """Begin an import of a file in the import folder; raises ImportRefused."""
    source = named(file_name)
    if declared.sha256 and size_of(source) > LARGEST_DIGEST:
        raise services.ImportRefused(
            _("The SHA-256 of a file of this size is compared by command: see docs/imports.md.")
        )
    run = services.begin(source, complete=complete, resume=False, declared=declared)
    enqueue(IMPORT, run.pk)
    record(Action.REGISTER_IMPORT_STARTED, run, actor=actor)
    return run


def named(file_name: str, columns: tuple[str, ...] = COLUMNS) -> Source:
    """A file that waits in the folder, or an object; raises ImportRefused."""
    if not file_name.startswith(SCHEME) and file_name not in waiting_files():
        raise services.ImportRefused(_("There is no such file in the import folder."))
    try:
        source = source_named(file_name)
        tedious = size_of(source) > LARGEST_AGAIN and find_format(source, columns).from_the_start
    except BadFile as problem:
        raise services.ImportRefused(str(problem)) from problem
    if tedious:
        raise services.ImportRefused(
            _(
                "A gzip or a file in another encoding of this size is imported by command, or made "
                "plain UTF-8: see docs/imports.md."
            )
        )
    return source


@transaction.atomic
def resume(run: ImportRun, *, actor: Actor) -> None:
    """Continue a paused import where it stopped, or what follows it; raises ImportRefused."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    paused = ImportRun.objects.filter(pk=run.pk, state=RunState.PAUSED)
    if paused.update(state=RunState.LOADING, message="", message_values={}):
        enqueue(IMPORT, run.pk)
    elif following.stopped(run):
        following.follow_again(run)
    else:
        raise services.ImportRefused(_("This import is not paused."))
    record(Action.REGISTER_IMPORT_RESUMED, run, actor=actor)


@transaction.atomic
def agree(run: ImportRun, *, actor: Actor, reason: str) -> Heard:
    """One administrator's word for what the run waits for; with the second it goes on."""
    waiting = ImportRun.objects.filter(pk=run.pk, state=RunState.HELD)
    if not waiting.exists():
        return following.agree(run, actor=actor, reason=reason)
    heard = agree_to(run, Question.TAKE_OVER, actor=actor, reason=reason)
    if heard is Heard.ENOUGH:
        waiting.update(state=RunState.MERGING)
        enqueue(IMPORT, run.pk)
    return heard


STEPS: dict[str, Callable[..., None]] = {
    "pause": services.pause,
    "continue": resume,
    "cancel": services.cancel,
}
DECISIONS: dict[str, Callable[..., Heard]] = {
    "agree": agree,
    "take_changes": agree_to_changes,
    "leave_changes": leave_changes,
}


def steps_of(run: ImportRun) -> list[str]:
    """The names in STEPS and DECISIONS that can be taken now, and what the run's lever does."""
    newest = ImportRun.objects.filter(state=RunState.DONE).first()
    possible: dict[str, list[str]] = {
        RunState.LOADING: ["pause", "cancel"],
        RunState.PAUSED: ["continue", "cancel"],
        RunState.HELD: ["agree", "cancel"],
        RunState.DONE: ["roll_back"] if newest == run and run.may_be_rolled_back else [],
    }
    asked = ["agree"] * following.held(run) + ["continue"] * following.stopped(run)
    asked += ["take_changes", "leave_changes"] * changes_wait(run)
    return asked + possible.get(run.state, [])


def words_of(run: ImportRun, steps: Sequence[str], *, reader: Actor) -> dict[str, Words]:
    """What has been said to those of the run's steps that take two."""
    agreeing = Question.TAKE_OVER if run.state == RunState.HELD else Question.ENDS
    questions = {"agree": agreeing, "take_changes": Question.CHANGES}
    return {one: words_on(run, questions[one], reader=reader) for one in steps if one in questions}


def rejected_lines(run: ImportRun, office: str = "") -> Iterator[tuple[object, ...]]:
    """Line, reason and office of every rejected row, or of one office's, after a heading."""
    yield _("Line"), _("Reason"), _("Office")
    rows = run.rejected_rows.filter(office_code=office) if office else run.rejected_rows.all()
    for line, reason, code in rows.values_list("line", "reason", "office_code").iterator():
        yield line, str(REASONS[reason]), code


@dataclass(frozen=True)
class Progress:
    """How far the file has been read; taking over comes after that. Rate and time left are 0 unless
    it is being read now.
    """

    percent: int
    rows_a_second: int = 0
    minutes_left: int = 0


def progress(run: ImportRun) -> Progress:
    """Worked out from the rate since the start; a pause makes it look slower than it is."""
    share = min(1.0, run.bytes_done / max(1, run.file_bytes))
    percent = round(100 * share)
    if run.state != RunState.LOADING or not share:
        return Progress(percent)
    seconds = max(1.0, (timezone.now() - run.started_at).total_seconds())
    left = ceil(seconds * (1 - share) / share / 60)
    return Progress(percent, round(run.rows / seconds), left)
