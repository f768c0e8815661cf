"""What an import may do only on the word of two administrators."""

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


def has_been_agreed(run: ImportRun, question: Question) -> bool:
    """Whether two have said so who could still say it: a word ends with the account."""
    words = run.agreements.filter(question=question).values_list("officer", flat=True)
    return sum(map(_counts_still, words)) >= NEEDED


def _counts_still(said_by: str) -> bool:
    kind, _colon, key = said_by.partition(":")
    if kind != ActorKind.OFFICER:
        return True
    return any(officer.is_staff for officer in Officer.objects.filter(pk=key, is_active=True))


@transaction.atomic
def agree_to(
    run: ImportRun, question: Question, *, actor: Actor, ending: int | None = None
) -> bool:
    """One more word, which counts once for each person; whether it was the second."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    _word, new = Agreement.objects.get_or_create(
        run=run, question=question, officer=f"{actor.kind.value}:{actor.id}"
    )
    if new:
        details: Json = {} if ending is None else {"ending": ending}
        record(AGREED[question], run, actor=actor, **details)
    return has_been_agreed(run, question)
