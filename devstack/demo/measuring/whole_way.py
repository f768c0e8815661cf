"""The way of a sample person through the API in this process, jobs included, up to the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from django.conf import settings
from django.test import override_settings

from core.outbox.models import Job, JobState
from core.outbox.services import run
from devstack.demo.client import CitizenApp
from devstack.demo.measuring.faces import portraits
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import Person, make_people
from registration.states import State

OFFICE = "1206"
FIRST = 9_000  # seed
Film = Callable[[str], list[bytes]]  # JPEG frames of a step


class CardUnread(Exception):
    """Neither photo of the card was read well enough to go on."""


@dataclass(frozen=True)
class Subject:
    person: Person
    face: str
    seed: int

    @property
    def pictures(self) -> Pictures:
        return Pictures(portraits(), stranger=self.face, seed=self.seed)


def subjects(times: int = 1) -> Iterator[Subject]:
    """One for each face that there is, women and men in turn; then the faces of other people."""
    faces = zip(*(portraits().names(sex) for sex in "fm"), strict=False)
    for seed, face in enumerate([*chain.from_iterable(faces)] * times, start=FIRST):
        women_and_men = make_people(2, seed=seed, offices=[OFFICE])
        yield Subject(women_and_men[seed % 2], face, 100 * seed)


def to_selfie(subject: Subject, *, renewal: bool = False) -> CitizenApp:
    """With a second photo of the card where the first is not enough. Raises CardUnread."""
    app, pictures = CitizenApp(), subject.pictures
    app.start(renewal=renewal)
    for card in (pictures.card, pictures.another_card):
        app.photograph_card(*card(subject.person, subject.face, ""))
        do_jobs()
        if app.refresh()["step"] == "confirm":
            app.confirm(subject.person)
        if app.state["step"] == "selfie":
            return app
    raise CardUnread


def show_face(app: CitizenApp, selfie: bytes, film: Film, *, attested: bool) -> State:
    """What becomes of it; by an app that a platform vouches for, or by nobody's."""
    challenge, frames = app.turn_head(film)
    app.hand_in_selfie(selfie, challenge=challenge, frames=frames, attested=attested)
    do_jobs()
    return State(app.refresh()["state"])


def show_own_face(app: CitizenApp, subject: Subject, *, attested: bool) -> State:
    """The same with the subject's own selfie and head turns."""
    pictures = subject.pictures
    film = partial(pictures.burst, subject.face, "")
    return show_face(app, pictures.selfie(subject.face, ""), film, attested=attested)


def without_limits() -> override_settings:
    """All of them have one address."""
    return override_settings(RATE_LIMITS=dict.fromkeys(settings.RATE_LIMITS, (10**12, 3600)))


def do_jobs() -> None:
    for job in Job.objects.filter(state=JobState.READY):
        run(job.pk)
