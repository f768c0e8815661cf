"""What the top of every page says of the story that this browser is in."""

from dataclasses import dataclass

from django.http import HttpRequest

from core.typing import Context, StrOrPromise
from devstack.trying.stories.scene import scene_of
from devstack.trying.stories.tales import STORIES


@dataclass(frozen=True)
class NextStep:
    """The `nth` of so many steps; all of them are done where that is more than there are."""

    slug: str
    words: StrOrPromise
    nth: int
    of: int

    @property
    def over(self) -> bool:
        return self.nth > self.of


def in_story(request: HttpRequest) -> Context:
    scene = scene_of(request)
    if scene is None or scene.slug not in STORIES:
        return {"sample_step": None}
    story = STORIES[scene.slug]
    done = story.done(scene)
    place = done.index(False) if False in done else len(done)
    words = story.steps[place].words if place < len(done) else ""
    return {"sample_step": NextStep(story.slug, words, place + 1, len(done))}
