"""People who go the whole way to a digital ID and do not give up, and what they were told."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle

import requests

from devstack.demo.client import WAITS_FOR_MACHINE, CitizenApp, StepFailed
from devstack.demo.over_http import OverHttp
from devstack.demo.passwords import password_of
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import Person

TROUBLE = (StepFailed, requests.RequestException)
SERVER_ERROR, UNAVAILABLE = 500, 503
ENDS = frozenset({"done", "waiting", "rejected", "expired"})
CUT_SHARE, CUT_AFTER = 0.04, 0.03  # of the requests, whose answer nobody waits for, and seconds
GIVES_UP_AFTER = 240.0
SAID_BY_PATH = {"enrollment/card/front/": "front", "enrollment/card/back/": "back"}


@dataclass(frozen=True)
class AskedAgain:
    """A photo of a card was asked for once more, and for what."""

    problem: str
    person: Person
    card: tuple[bytes, bytes]


@dataclass
class Ledger:
    """What citizens saw, kept outside of the portal."""

    promises: set[tuple[str, str]] = field(default_factory=set)  # reference, and what it was told
    asked_again: list[AskedAgain] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds for an answer of the machine
    statuses: Counter[int] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def broken(self) -> int:
        """Answers of a fault that is nobody's outage."""
        return sum(
            times
            for status, times in self.statuses.items()
            if status >= SERVER_ERROR and status != UNAVAILABLE
        )


class Line(OverHttp):
    """A bad connection: now and then it breaks before the answer is there."""

    def __init__(self, url: str, ledger: Ledger, draw: random.Random) -> None:
        super().__init__(url)
        self.draw = draw
        self.session.hooks["response"] = [
            lambda answer, **_: ledger.statuses.update([answer.status_code])
        ]

    def patience(self) -> float:
        return CUT_AFTER if self.draw.random() < CUT_SHARE else super().patience()


@dataclass
class Somebody:
    """One person with a card, a face and a password."""

    person: Person
    face: str
    pictures: Pictures

    @property
    def password(self) -> str:
        return password_of(self.person.number)

    def cards(self) -> Iterator[tuple[bytes, bytes]]:
        """One good photo of both sides after the other."""
        for taking in range(0, 1000, 10):
            again = replace(self.pictures, seed=self.pictures.seed + taking)
            yield again.card(self.person, self.face, "")

    def later(self) -> "Somebody":
        """The same person another day, whose pictures are others."""
        return replace(self, pictures=replace(self.pictures, seed=self.pictures.seed + 10_000))


class Enrolling(CitizenApp):
    """One enrollment: does what the portal says is next, and looks again whenever that failed."""

    def __init__(self, who: Somebody, line: Line, ledger: Ledger, *, renewal: bool) -> None:
        super().__init__()
        self.client, self.who, self.ledger = line, who, ledger
        self.former = {"number": who.person.number, "password": who.password} if renewal else None
        self.cards = who.cards()
        self.card: tuple[bytes, bytes] = next(self.cards)
        self.is_read = False  # the portal has both sides of `card`
        self.selfies = 0

    def way(self) -> str:
        """To its end; the step it ended at."""
        until = time.monotonic() + GIVES_UP_AFTER
        while time.monotonic() < until:
            try:
                if not self.state:
                    self.start(renewal=self.former is not None, former=self.former)
                if self.state["step"] in ENDS:
                    return str(self.state["step"])
                self._take(self.state["step"])
            except TROUBLE:
                time.sleep(0.5)
                self._look_again()
        return "given up"

    def give_up(self) -> None:
        """Withdraw it, as often as that takes."""
        until = time.monotonic() + GIVES_UP_AFTER
        while self.state["step"] == "waiting" and time.monotonic() < until:
            try:
                self.withdraw()
            except TROUBLE:
                time.sleep(0.5)
            self._look_again()

    def _look_again(self) -> None:
        try:
            if self.state:
                self.refresh()
        except TROUBLE:
            time.sleep(0.5)

    def _take(self, step: str) -> None:
        self.is_read = self.is_read or step in (*WAITS_FOR_MACHINE, "confirm")
        if step in WAITS_FOR_MACHINE:
            self._wait_for_machine(step)
        elif step in ("card_front", "card_back"):
            self._photograph(self.state["problem"])
        elif step == "terms":
            self._send("post", "enrollment/terms/", {"version": self.state["terms_version"]})
        elif step == "confirm":
            self.confirm(self.who.person)
        elif step in ("selfie", "retake"):
            self._take_selfie()
        elif step == "password":
            self.choose_password(self.who.password)
        elif step == "consent":
            self.consent(self.who.password)
        else:
            raise AssertionError(f"nobody comes to {step} who stays with one device")

    def _photograph(self, problem: str) -> None:
        """A card that the portal had and asked for again is followed by the next; one whose photos
        were lost on the way is sent again.
        """
        if problem and self.is_read:
            self.ledger.asked_again.append(AskedAgain(problem, self.who.person, self.card))
            self.card, self.is_read = next(self.cards), False
        self.photograph_card(*self.card)
        self.is_read = True

    def _take_selfie(self) -> None:
        self.selfies += 1
        pictures = replace(self.who.pictures, seed=self.who.pictures.seed + 3 * self.selfies)
        selfie = pictures.selfie(self.who.face, "")
        challenge, frames = self.turn_head(partial(pictures.burst, self.who.face, ""))
        self.hand_in_selfie(selfie, challenge=challenge, frames=frames)

    def _wait_for_machine(self, step: str) -> None:
        began = time.monotonic()
        while self.state["step"] == step and time.monotonic() < began + GIVES_UP_AFTER:
            time.sleep(0.3)
            self._look_again()
        self.ledger.waits.append(time.monotonic() - began)

    def _send(self, verb: str, path: str, *arguments: object, **options: object) -> dict:
        answer = super()._send(verb, path, *arguments, **options)
        if "state" in answer:
            self.ledger.promises.add((answer["reference"], answer["state"]))
        if path in SAID_BY_PATH:
            self.ledger.promises.add((self.state["reference"], SAID_BY_PATH[path]))
        return answer


def live(people: list[Somebody], url: str, ledger: Ledger, draw: random.Random) -> None:
    """One after the other, and from the beginning again, until the storm is over: each registers,
    or has the digital ID of the last time issued anew. What waits for an officer is withdrawn.
    """
    holders: set[int] = set()
    for place in cycle(range(len(people))):
        if ledger.over.is_set():
            return
        who, line = people[place], Line(url, ledger, draw)
        enrolling = Enrolling(who, line, ledger, renewal=place in holders)
        ending = enrolling.way()
        ledger.ended[ending] += 1
        if ending == "done":
            holders.add(place)
        elif ending == "waiting" and not ledger.over.is_set():
            enrolling.give_up()
        people[place] = who.later()
