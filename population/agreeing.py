"""What an import may do only on the word of two administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import ActorKind
from audit.services import Actor, record
from core.typing import Json
from offices.models import Officer
from population.models import Agreement, ImportRun

NEEDED = 2


class Question(models.TextChoices):
    TAKE_OVER = "take_over", _("Take the file over into the register")
    CHANGES = "changes", _("Take the held changes of people over")
    ENDS = "ends", _("Bring the digital IDs up to date")


AGREED = {
    Question.TAKE_OVER: Action.REGISTER_IMPORT_AGREED,
    Question.CHANGES: Action.REGISTER_CHANGES_AGREED,
    Question.ENDS: Action.REGISTER_ENDS_AGREED,
}


class Heard(models.TextChoices):
    """What became of a word, as whoever gave it is told."""

    FIRST = "first", _("You have agreed. Another administrator has to agree as well.")
    AGAIN = "again", _("You had agreed already, which counts once. Another one has to agree.")
    ENOUGH = "enough", _("Two administrators have agreed. It goes on now.")
    LEFT = "left", _("These people stay as they are. What the file said of them is deleted.")
    TOO_LATE = "too_late", _("This no longer waits for anybody to agree.")


@dataclass(frozen=True)
class Word:
    """That somebody agreed, by name, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Words:
    """What has been said to a question, and whether the reader is among those who said it."""

    question: Question
    said: Sequence[Word]
    mine: bool

    @property
    def enough(self) -> bool:
        return len(self.said) >= NEEDED

    @property
    def wanted(self) -> bool:
        """Whether the reader can bring it on. Two may have said it, one of whom was switched off
        when the other did: then the word of either, said again, lets it go on.
        """
        return self.enough or not self.mine


def words_on(run: ImportRun, question: Question, *, reader: Actor) -> Words:
    """Of those who could still say it: a word ends with the account."""
    found = run.agreements.filter(question=question).order_by("at")
    counting = [(one, name) for one in found if (name := _still_said_by(one.officer)) is not None]
    return Words(
        question=question,
        said=[Word(name, one.at) for one, name in counting],
        mine=any(one.officer == _key_of(reader) for one, _name in counting),
    )


def has_been_agreed(run: ImportRun, question: Question) -> bool:
    """Whether two have said so who could still say it."""
    words = run.agreements.filter(question=question).values_list("officer", flat=True)
    return sum(_still_said_by(one) is not None for one in words) >= NEEDED


def _still_said_by(officer: str) -> str | None:
    """The name of whoever it is; None where they could not say it any more."""
    kind, _colon, key = officer.partition(":")
    if kind != ActorKind.OFFICER:
        return key
    found = Officer.objects.filter(pk=key, is_active=True).first()
    return found.name if found and found.is_staff else None


def _key_of(actor: Actor) -> str:
    return f"{actor.kind.value}:{actor.id}"


@transaction.atomic
def agree_to(
    run: ImportRun, question: Question, *, actor: Actor, reason: str, ending: int | None = None
) -> Heard:
    """One more word, which counts once for each person, with its reason for the log."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    _word, new = Agreement.objects.get_or_create(run=run, question=question, officer=_key_of(actor))
    enough = has_been_agreed(run, question)
    if new or enough:  # a word said again may be the one that lets it go on
        details: Json = {} if ending is None else {"ending": ending}
        record(AGREED[question], run, actor=actor, reason=reason, **details)
    if enough:
        return Heard.ENOUGH
    return Heard.FIRST if new else Heard.AGAIN
