"""Takes a whole cast of sample citizens through the portal, side by side."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from devstack.demo.client import CitizenApp
from devstack.demo.pictures import Pictures
from devstack.demo.scenarios import Scenario
from devstack.demo.specimens.people import Person
from offices.models import Officer
from registration.models import Enrollment, RejectReason, RetakeReason
from registration.services import decisions, review

ASKED_AGAIN = ("number_unsure", "code_unsure", "not_as_read")
UNTIL = ("start", "card", "confirm", "selfie", "password", "consent")
REASONS = {"reject": RejectReason.NOT_THE_SAME, "ask_retake": RetakeReason.CHALLENGE}
RENEWAL, AGAIN = 7, 3  # added to the seed: pictures of another day, and of another moment


@dataclass
class SampleCitizen:
    """One person, the part the scenario gives them, and their way through the portal."""

    scenario: Scenario
    person: Person
    face: str
    pictures: Pictures
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    app: CitizenApp = field(default_factory=CitizenApp)

    def way(self, officer: Officer) -> Iterator[None]:
        """The steps one after the other; it yields where the machine has work to do."""
        yield from self._way(officer, differs=self.scenario.differs)
        if self.scenario.renewal:
            former = {"number": self.person.number, "password": self.password}
            self.app = CitizenApp()
            self.pictures = replace(self.pictures, seed=self.pictures.seed + RENEWAL)
            yield from self._way(officer, differs=self.scenario.renewal, former=former)

    def _way(self, officer: Officer, *, differs: str, former: dict | None = None) -> Iterator[None]:
        self.app.start(renewal=former is not None, former=former)
        if self._ends("start"):
            return
        yield from self._photograph(differs)
        if self.app.state["step"] != "confirm" or self._ends("card"):
            return
        if self.app.confirm(self.person)["step"] != "selfie":
            yield from self._photograph(differs, again=True)
            self.app.confirm(self.person)
        if self.scenario.until == "withdraw":
            self.app.withdraw()
        if self.scenario.until == "withdraw" or self._ends("confirm"):
            return
        yield from self._selfie(differs)
        if self.app.wait()["step"] == "waiting" and self.scenario.officer:
            self._decide(officer)
        if self.app.wait()["step"] == "password" and not self._ends("selfie"):
            self._finish()

    def _photograph(self, differs: str, *, again: bool = False) -> Iterator[None]:
        """The card, a second time if the portal asks for a better photo."""
        taken = self.pictures.another_card if again else self.pictures.card
        self.app.photograph_card(*taken(self.person, self.face, differs))
        yield
        better = self.app.wait()["problem"] in ASKED_AGAIN
        if better and not again:
            yield from self._photograph(differs, again=True)

    def _ends(self, step: str) -> bool:
        return self.scenario.until == step

    def _take_selfie(self, differs: str) -> None:
        selfie = self.pictures.selfie(self.face, differs)
        if differs == "no turns":
            self.app.hand_in_selfie(selfie)
            return
        turned = partial(self.pictures.burst, self.face, differs)
        challenge, frames = self.app.turn_head(turned)
        self.app.hand_in_selfie(selfie, challenge=challenge, frames=frames)

    def _selfie(self, differs: str) -> Iterator[None]:
        """Once more where a turn did not show: people turn further then."""
        self._take_selfie(differs)
        yield
        if self.app.wait()["step"] == "retake" and not differs:
            self.pictures = replace(self.pictures, seed=self.pictures.seed + AGAIN)
            self._take_selfie(differs)
            yield

    def _finish(self) -> None:
        self.app.choose_password(self.password)
        if not self._ends("password"):
            self.app.consent(self.password)

    def _decide(self, officer: Officer) -> None:
        """What the officer's page would do, by the same services."""
        case = Enrollment.objects.get(reference=self.app.state["reference"])
        case = review.take_case(case, officer=officer)
        decide: dict[str, Callable] = {
            "approve": decisions.approve_enrollment,
            "reject": decisions.reject_enrollment,
            "ask_retake": decisions.ask_for_retake,
        }
        name = self.scenario.officer
        reasons = {"reasons": [REASONS[name]]} if name in REASONS else {}
        decide[name](case, officer=officer, **reasons)
        self.app.refresh()


def take_ways(
    cast: list[SampleCitizen], *, officer: Officer, on_progress: Callable[[int], None]
) -> None:
    """Everyone takes a step in turn, so no worker is idle; tells how many are done."""
    under_way = [citizen.way(officer) for citizen in cast]
    while under_way:
        under_way = [way for way in under_way if _goes_on(way)]
        on_progress(len(cast) - len(under_way))


def _goes_on(way: Iterator[None]) -> bool:
    try:
        next(way)
    except StopIteration:
        return False
    return True
