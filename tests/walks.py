"""Citizens who go a part of the way, with real pictures, through the API, with the real engines."""

from functools import cache, partial
from pathlib import Path

from django.conf import settings

from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from devstack.demo.client import CitizenApp
from devstack.demo.pictures import Pictures
from devstack.demo.register import enter_in_register
from devstack.demo.specimens.people import Person, make_people
from devstack.demo.specimens.portraits import Portraits
from registration.models import Enrollment, Evidence, EvidenceKind
from tests.factories import OfficeFactory

PASSWORD = "ฝนตกที่ทะเล-2566"
OFFICE = "1206"


@cache
def people() -> list[Person]:
    return make_people(8, seed=7, offices=[OFFICE])


@cache
def portraits() -> Portraits:
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@cache
def face(which: int) -> str:
    person = people()[which]
    return portraits().names(person.sex)[which]


@cache
def card_photos(which: int, fault: str = "") -> tuple[bytes, bytes]:
    return _pictures(which).card(people()[which], face(which), fault)


@cache
def card_of(person: Person, *, like: int) -> tuple[bytes, bytes]:
    """A card with the data of one and the face of another, as only its owner would know."""
    return _pictures(like).card(person, face(like), "")


@cache
def selfie(which: int, fault: str = "", *, taking: int = 0) -> bytes:
    """A selfie of person number `which`; every `taking` is another picture."""
    return _pictures(which, taking).selfie(face(which), fault)


@cache
def burst(which: int, step: str, *, taking: int = 0) -> list[bytes]:
    """The frames of one head turn of person number `which`."""
    return _pictures(which, taking).burst(face(which), "", step)


def _pictures(which: int, taking: int = 0) -> Pictures:
    return Pictures(portraits(), stranger=face(which), seed=100 * which + taking)


def next_taking() -> int:
    """So many selfies there are: whoever takes the next does not hand in one of these again."""
    return Evidence.objects.filter(kind=EvidenceKind.SELFIE).count()


def run_jobs() -> None:
    """What the workers would do now."""
    for job in Job.objects.filter(state=JobState.READY):
        outbox.run(job.pk)


class Walk(CitizenApp):
    """One citizen, person number `which`; each method goes on to the step it is named after."""

    def __init__(
        self,
        which: int = 0,
        *,
        known: bool = True,
        renewal: bool = False,
        former: dict | None = None,
    ) -> None:
        super().__init__()
        self.which, self.person = which, people()[which]
        OfficeFactory(code=OFFICE)
        OfficeFactory(code="0000")
        if known:
            enter_in_register([self.person])
        self.start(renewal=renewal, former=former)

    @property
    def enrollment(self) -> Enrollment:
        return Enrollment.objects.get(reference=self.state["reference"])

    def to_confirm(self, fault: str = "") -> "Walk":
        self.photograph_card(*card_photos(self.which, fault))
        run_jobs()
        self.refresh()
        return self

    def to_selfie(self) -> "Walk":
        self.to_confirm().confirm(self.person)
        return self

    def to_answer(self, *, of: int | None = None, turns: bool = True) -> "Walk":
        """Up to the machine's answer; `of` takes another person's selfie."""
        self.to_selfie().send_selfie(self.which if of is None else of, turns=turns)
        run_jobs()
        self.refresh()
        return self

    def send_selfie(self, which: int, *, turns: bool = True, taking: int | None = None) -> dict:
        taking = next_taking() if taking is None else taking
        if not turns:
            return self.hand_in_selfie(selfie(which, taking=taking))
        challenge, frames = self.turn_head(partial(burst, which, taking=taking))
        shown = selfie(which, taking=taking)
        return self.hand_in_selfie(shown, challenge=challenge, frames=frames)

    def to_consent(self) -> "Walk":
        self.to_answer().choose_password(PASSWORD)
        return self
