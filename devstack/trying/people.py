"""The dozen whom anybody may be: each with a card, a face, a story, and what should become of it.

Some have a number or a face that the sample data know already (devstack.demo.cast), so that the
portal has something to find. The faces of the others belong to nobody who was ever verified there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from devstack.demo.cast import make_cast
from devstack.demo.seeding import SampleCitizen
from devstack.demo.specimens import people
from devstack.demo.specimens.people import Person
from devstack.demo.staff import OFFICE
from registration.states import State

SEED = 2580
HOLDERS = (0, 1, 2)  # places in the cast of those whose digital ID can be opened
OF_THE_CAST = {"registered": 5, "same-face": 7, "renews": 4, "lost": 8}
FACE_ALONE = "same-face"  # whoever of them is somebody else but for the face


@dataclass(frozen=True)
class Story:
    """`card` and `shown` are the faces on the card and before the camera, by their portraits'
    names. `ends` are the states that the story may end in, none where no selfie is reached.
    """

    slug: str
    sex: str
    card: str
    told: StrOrPromise
    outcome: StrOrPromise
    ends: frozenset[State] = frozenset()
    shown: str = ""
    blur: float = 0.0
    in_register: bool = True
    changed: Callable[[Person], Person] | None = None
    begins: str = "registration:home"


@dataclass(frozen=True)
class SamplePerson:
    story: Story
    person: Person
    face: str
    shown: str
    password: str = ""

    @property
    def slug(self) -> str:
        return self.story.slug

    @property
    def first_name(self) -> str:
        return self._in_this_language("first_name")

    @property
    def name(self) -> str:
        parts = map(self._in_this_language, ("first_name", "last_name"))
        return " ".join(filter(None, parts))

    def _in_this_language(self, part: str) -> str:
        language = "th" if get_language() == "th" else "en"
        return str(getattr(self.person, f"{part}_{language}"))

    @property
    def known_as(self) -> Person | None:
        """How the register has them; the sample data entered those of the cast."""
        if not self.story.in_register or self.person in [one.person for one in cast()]:
            return None
        if self.slug == "officer":
            return replace(self.person, last_name_th=self.person.last_name_th + "วงศ์")
        return self.person


VERIFIED, WAITS, AGAIN = (
    frozenset({state}) for state in (State.VERIFIED, State.WAITING_REVIEW, State.RETAKE)
)


def _lifelong(person: Person) -> Person:
    return people.valid_for_life(people.with_single_name(person))


STORIES = (
    Story(
        "alone", "f", "043f",
        _("Has a good card and a quiet hand"),
        _("The machine verifies her within seconds. She sets a password and has her digital ID."),
        VERIFIED,
    ),
    Story(
        "alone-too", "m", "070m",
        _("Does everything right as well, for a second try"),
        _("The machine verifies him within seconds, without an officer."),
        VERIFIED,
    ),
    Story(
        "officer", "f", "060f",
        _("The register spells her last name in another way"),
        _("Card and register differ, so the case waits for an officer of Pak Kret."),
        WAITS,
    ),
    Story(
        "stranger", "m", "037m",
        _("Somebody else's face is before the camera"),
        _("Face and card do not match: an officer has to look, and would reject it."),
        WAITS, shown="050m",
    ),
    Story(
        "lifelong", "f", "046f",
        _("Has a single name and a card that is valid for life"),
        _("The form takes the missing last name and the missing date; the machine verifies her."),
        VERIFIED, changed=_lifelong,
    ),
    Story(
        "blurred", "m", "066m",
        _("The photo of the card is blurred"),
        _("The portal asks for a sharper photo and says why. No selfie is asked for."),
        blur=9.0,
    ),
    Story(
        "expired", "f", "070f",
        _("Shows a card that has run out"),
        _("The portal refuses the card at once and says where to get a new one."),
        changed=people.expired,
    ),
    Story(
        "registered", "m", "",
        _("Has a digital ID already, and registers once more"),
        _("The portal says so once his face has proven him, and leads to issuing it anew."),
        frozenset({State.REJECTED}),
    ),
    Story(
        "same-face", "m", "",
        _("The same face as another person's, under another number"),
        _("The search for duplicates finds the other registration: an officer has to look."),
        WAITS,
    ),
    Story(
        "unknown", "m", "040m",
        _("A card whose number the register does not know"),
        _("Nothing speaks against the face, but nobody is known by that number: an officer looks."),
        WAITS, in_register=False,
    ),
    Story(
        "renews", "f", "",
        _("Wants a new password and has the digital ID issued anew"),
        _("With number and password the machine verifies her. Without, an officer has to look."),
        VERIFIED, begins="registration:renew",
    ),
    Story(
        "lost", "f", "",
        _("Lost the phone with the digital ID on it"),
        _("Number and password stop the digital ID at once. The card and a selfie bring it back."),
        begins="identity:lost",
    ),
)  # fmt: skip


@cache
def sample_people() -> dict[str, SamplePerson]:
    """By slug, in the order of the page. The same in every process."""
    fresh = people.make_people(2 * len(STORIES), seed=SEED, offices=[OFFICE])
    by_sex = {sex: iter([one for one in fresh if one.sex == sex]) for sex in ("f", "m")}
    made = (_made(story, next(by_sex[story.sex])) for story in STORIES)
    return {one.slug: one for one in made}


def _made(story: Story, fresh: Person) -> SamplePerson:
    other = cast()[OF_THE_CAST[story.slug]] if story.slug in OF_THE_CAST else None
    if other is None:
        person = story.changed(fresh) if story.changed else fresh
        return SamplePerson(story, person, story.card, story.shown or story.card)
    if story.slug == FACE_ALONE:
        return SamplePerson(story, fresh, other.face, other.face)
    return SamplePerson(story, other.person, other.face, other.face, other.password)


@cache
def cast() -> list[SampleCitizen]:
    return make_cast(Path(settings.MODELS_DIR) / "portraits")[0]


def holders() -> list[SampleCitizen]:
    """Those whose digital ID anybody may open."""
    return [cast()[place] for place in HOLDERS]
