"""The kinds of steps: what is said, the door to it, and how the log knows that it was taken."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from core.typing import StrOrPromise
from devstack.trying.people import sample_people
from devstack.trying.stories.scene import Scene

Done = Callable[[Scene, int], bool]


@dataclass(frozen=True)
class Door:
    """An address by name and arguments, and the words of the press that leads there."""

    name: str
    label: StrOrPromise
    arguments: tuple[str, ...] = ()
    posts: bool = False

    @property
    def address(self) -> str:
        return reverse(self.name, args=self.arguments)


@dataclass(frozen=True)
class Step:
    """Without a door the step is taken on the page where the last one has led."""

    words: StrOrPromise
    done: Done
    door: Door | None = None


def as_person(slug: str, words: StrOrPromise) -> Step:
    """Sit before the camera as somebody, whose first name stands in the words as {name}."""
    door = Door("trying:be", _("Be this person"), (slug,), posts=True)
    name = lazy(lambda: sample_people()[slug].first_name, str)()
    return Step(format_lazy(words, name=name), lambda scene, _place: scene.person == slug, door)


def as_officer(name: str, words: StrOrPromise) -> Step:
    """Sign in at the officers' own door."""
    door = Door("trying:sign_in", _("Go to the door"), (name,), posts=True)
    return Step(words, by_officer(name, Action.OFFICER_SIGNED_IN), door)


def look(words: StrOrPromise, name: str, label: StrOrPromise) -> Step:
    """Open a page: a look that no log has, but the story's own link."""
    return Step(words, lambda scene, place: place in scene.opened, Door(name, label))


def by_person(slug: str, action: Action) -> Done:
    return lambda scene, _place: scene.happened_to(slug, action)


def by_officer(name: str, action: Action, *, about: type[Model] | None = None) -> Done:
    return lambda scene, _place: scene.done_by(name, action, about=about)


def by_anybody(action: Action) -> Done:
    return lambda scene, _place: scene.happened(action)
