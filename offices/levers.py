"""The levers of the rollout: one administrator asks for a change, another carries it out.

Each app registers its own (`LEVERS`). What a lever guards is written by nothing else: no admin
form, no API, no command. A change is asked for with a reason and the number of people it touches;
the second administrator types that number too (offices.proposing). Both have just proven their
second factor (views).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy

from core.typing import Json, StrOrPromise
from offices.models import Officer, Proposal


class LeverRefused(Exception):
    """The change cannot be asked for or carried out; `message` says why."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Effect:
    """What a change does to people. `people` is the number that is typed to confirm it."""

    people: int
    sentences: Sequence[str]


@dataclass(frozen=True)
class ShownOnce:
    """What carrying out made and nobody keeps: `path` is a link's, `secret` another secret, of what
    has this `identifier`.
    """

    about: str
    path: str = ""
    secret: str = ""
    identifier: str = ""


class Lever(ABC):
    """One kind of guarded thing. A subject is the text of its primary key, "" before it exists."""

    code: str
    name: StrOrPromise
    model: ClassVar[type[Model] | None] = None  # of the subjects, where they are rows of one
    not_logged: frozenset[str] = frozenset()  # fields about a person: the log names them only
    once: frozenset[str] = frozenset()  # what is done rather than set: there is no way back
    out_of_use: ClassVar[Json] = {}  # what undoes that one was added, if anything does
    agreeing: StrOrPromise = gettext_lazy("Another administrator has to agree.")

    @abstractmethod
    def title(self, subject: str, new: Json) -> str:
        """What it is about, for people."""

    @abstractmethod
    def present(self, subject: str) -> Json:
        """The values that hold now, as JSON; {} for what is not there yet."""

    @abstractmethod
    def labels(self) -> dict[str, StrOrPromise]:
        """Field -> words."""

    @abstractmethod
    def effect(self, subject: str, new: Json) -> Effect:
        """What the change would do; reads only."""

    def check(self, subject: str, new: Json) -> None:  # noqa: B027 - most have nothing
        """Refuse what may now be neither asked for nor carried out; raises LeverRefused."""

    @abstractmethod
    def carry_out(self, subject: str, new: Json, *, by: Officer) -> ShownOnce | None:
        """Make the change; raises LeverRefused. Called in the transaction of the answer."""

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        """Whether this one may ask for the change, and still might when it is carried out."""
        return by.pulls_levers

    def may_answer(self, by: Officer, proposal: Proposal) -> bool:
        return by.pulls_levers

    def subject_of(self, new: Json) -> str:
        """The subject that was made with these values."""
        return str(new.get("code", ""))

    def office_of(self, subject: str, new: Json, *, by: Officer) -> str | None:
        """The office that it is asked for, whose people see the proposal; None for no office's."""
        return None

    def word(self, name: str, value: object) -> object:
        """A value as people call it, where it is a code."""
        return value

    def page(self, subject: str) -> str:
        """The address where all of it can be read, if the values do not say it."""
        return ""

    def declined(self, proposal: Proposal, *, by: Officer) -> None:  # noqa: B027 - most have nothing
        """What else ends with a proposal that is declined or withdrawn."""


LEVERS: dict[str, Lever] = {}


def register(lever: Lever) -> None:
    LEVERS[lever.code] = lever


def labels_of(model: type[Model], names: Sequence[str]) -> dict[str, StrOrPromise]:
    """What the fields of a model are called."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {name: fields[name].verbose_name for name in names}


def changes_of(lever: Lever, subject: str, new: Json) -> tuple[Json, Json]:
    """(old, new) of the fields whose value would be another."""
    present = lever.present(subject)
    fields = [name for name, value in new.items() if present.get(name) != value]
    return {name: present.get(name) for name in fields}, {name: new[name] for name in fields}
