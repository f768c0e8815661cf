"""Levers that undo what a finished import did: the number is that of the people it touches."""

from typing import Any, ClassVar

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from core.required import required
from core.typing import Json, StrOrPromise
from offices.levers import Lever, LeverRefused, labels_of
from offices.models import Officer

STATE = "state"


class BackLever(Lever):
    """An import is named by its key; its `state` goes from `done` to `undone`, and never back: the
    file is imported anew instead.
    """

    model: ClassVar[type[Model]]
    done: ClassVar[str]
    undone: ClassVar[str]
    once = frozenset({STATE})

    def title(self, subject: str, new: Json) -> str:
        return str(self.known(subject) or subject)

    def present(self, subject: str) -> Json:
        known = self.known(subject)
        return {STATE: str(known.state)} if known else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(self.model, (STATE,))

    def word(self, name: str, value: object) -> object:
        words = dict(self.model._meta.get_field(STATE).flatchoices)  # type: ignore[union-attr]
        return words.get(value, value)

    def page(self, subject: str) -> str:
        return reverse(
            f"admin:{self.model._meta.label_lower.replace('.', '_')}_change", args=[subject]
        )

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        return super().may_ask(by, subject, new) and new == {STATE: self.undone}

    def check(self, subject: str, new: Json) -> None:
        if self.present(subject) != {STATE: self.done}:
            raise LeverRefused(_("What this would change has been changed meanwhile."))

    def known(self, subject: str) -> Any:
        rows = required(self.model._meta.default_manager, "a manager")
        return rows.filter(pk=subject).first()
