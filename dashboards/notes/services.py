"""Writing and removing a note on days: by an administrator, each in the log."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.services import Actor, record
from core.typing import StrOrPromise
from dashboards.models import Note
from offices.models import Officer

LONGEST = datetime.timedelta(days=92)
MOST_A_DAY = 5  # more would hide each other in a chart


class NoteRefused(Exception):
    """The note cannot stand; `message` says why."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Draft:
    """What is to be written. The texts were checked for personal data by the form."""

    kind: str
    first_day: datetime.date
    last_day: datetime.date
    text_th: str
    text_en: str


@transaction.atomic
def write_note(draft: Draft, *, by: Officer) -> Note:
    _check_right(by)
    if draft.last_day - draft.first_day >= LONGEST:
        raise NoteRefused(_("A note is about 92 days at most."))
    met = Note.objects.filter(
        removed_at=None, first_day__lte=draft.last_day, last_day__gte=draft.first_day
    )
    if met.count() >= MOST_A_DAY:
        raise NoteRefused(_("These days have five notes already. Please remove one first."))
    try:
        with transaction.atomic():
            note = Note.objects.create(**vars(draft), written_by=by)
    except IntegrityError as error:
        raise NoteRefused(_("This note stands there already.")) from error
    _log(Action.FIGURES_NOTED, note, by=by)
    return note


@transaction.atomic
def remove_note(note: Note, *, by: Officer) -> bool:
    """Take it off the charts; the row stays. False where another was faster."""
    _check_right(by)
    locked = Note.objects.select_for_update().get(pk=note.pk)
    if locked.removed_at:
        return False
    locked.removed_by, locked.removed_at = by, timezone.now()
    locked.save(update_fields=["removed_by", "removed_at"])
    _log(Action.FIGURES_NOTE_REMOVED, locked, by=by)
    return True


def _log(action: Action, note: Note, *, by: Officer) -> None:
    """Not its words: they are somebody's own, and the log keeps them for ever."""
    days = {"since": note.first_day.isoformat(), "until": note.last_day.isoformat()}
    record(action, note, actor=Actor.officer(by), kind=note.kind, **days)


def _check_right(by: Officer) -> None:
    """As the database has it now: a session may be older than the loss of the role."""
    same = Officer.objects.filter(pk=by.pk, is_active=True, role=by.role)
    if not (by.pulls_levers and same.exists()):
        raise PermissionDenied
