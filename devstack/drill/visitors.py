"""People who register over HTTP, whatever the portal does meanwhile, and what they were told."""

import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from devstack.drill.outcome import Told

PATIENCE = 30.0  # seconds for one answer
BETWEEN, BEFORE_A_LOOK = 0.2, 0.3
AGAIN, AGAIN_AT_MOST = 0.5, 4.0  # earlier than they are told to come, as people do
FAULT, UNAVAILABLE = 500, 503
CSRF = "a" * 32  # what a browser sends back is what it was given; here nobody gave it


@dataclass(frozen=True)
class Card:
    """Good photos of both sides."""

    front: bytes
    back: bytes

    @classmethod
    def lying_in(cls, folder: Path) -> "Card":
        return cls(*((folder / f"{side}.jpg").read_bytes() for side in ("front", "back")))


@dataclass(frozen=True)
class Refusal:
    """An answer that did not help, or none at all (status 0)."""

    at: float
    status: int
    comes_again: str  # Retry-After
    seconds: float

    @classmethod
    def from_error(cls, error: requests.RequestException, asked: float) -> "Refusal":
        answer, took = error.response, time.time() - asked
        if answer is None:
            return cls(asked, 0, "", took)
        return cls(asked, answer.status_code, answer.headers.get("Retry-After", ""), took)

    @property
    def is_fault(self) -> bool:
        """Neither a connection that broke nor a 503 that says when to come again."""
        return self.status >= FAULT and not (self.status == UNAVAILABLE and self.comes_again)


class Visitors:
    """As many people at a time as `kinds`, one after the other, each at the servers in turn, until
    `stop()`. Whoever is refused asks the next server how things stand and goes on there.
    """

    def __init__(self, addresses: Sequence[str], card: Card, kinds: "Sequence[type[Person]]"):
        self.addresses = addresses
        self.card = card
        self.told: list[Told] = []
        self.read: list[float] = []  # seconds until a card was read, and seen by its owner
        self.refusals: list[Refusal] = []
        self.asked_again: list[str] = []
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._come, args=[kind, place], daemon=True)
            for place, kind in enumerate(kinds)
        ]
        for thread in self._threads:
            thread.start()

    def _come(self, kind: "type[Person]", place: int) -> None:
        while not self._over.is_set():
            place += 1
            person = kind(self, place)
            while not (self._over.is_set() or person.is_done):
                person.go_on()
            self._over.wait(BETWEEN)

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE)

    def told_since(
        self, moment: float, *, within: float, meanwhile: Callable[[], object] = lambda: None
    ) -> float:
        """Seconds from then until somebody was told who came afterwards; raises TimeoutError."""
        while time.time() < moment + within:
            meanwhile()
            if after := [one.at for one in self.told if one.began > moment]:
                return min(after) - moment
            time.sleep(0.05)
        raise TimeoutError("nobody registers any more")

    def refused_since(self, moment: float, *, within: float) -> None:
        """Comes back once somebody was; raises TimeoutError."""
        while not any(one.at > moment for one in self.refusals):
            if time.time() > moment + within:
                raise TimeoutError("nobody is refused")
            time.sleep(0.05)

    def read_since(self, count: int, *, within: float) -> None:
        """Comes back once so many cards were read in all; raises TimeoutError."""
        deadline = time.time() + within
        while len(self.read) < count:
            if time.time() > deadline:
                raise TimeoutError(f"only {len(self.read)} of {count} cards are read")
            time.sleep(0.05)

    def __str__(self) -> str:
        kinds = Counter(str(one.status or "broken off") for one in self.refusals)
        each = ", ".join(f"{times} x {kind}" for kind, times in sorted(kinds.items()))
        longest = max((one.seconds for one in self.refusals), default=0.0)
        return (
            f"refused {each or 'nobody'}, within {longest:.1f} s; "
            f"{len(self.read)} cards read, {len(self.asked_again)} asked for again"
        )

    def faults(self) -> list[str]:
        """What may not be: errors of the portal's own, photos of a good card asked for again."""
        answers = [f"an answer of {one.status}" for one in self.refusals if one.is_fault]
        return [*answers, *self.asked_again]


class Person(ABC):
    """Takes one step after the other; `place` is the server that is asked next."""

    def __init__(self, among: Visitors, place: int) -> None:
        self.among, self.place = among, place
        self.session = requests.Session()
        self.began = time.time()
        self.pause = AGAIN
        self.is_done = False

    def go_on(self) -> None:
        asked = time.time()
        try:
            self.take_step()
        except requests.RequestException as error:
            self.among.refusals.append(Refusal.from_error(error, asked))
            time.sleep(self.pause)
            self.pause = min(2 * self.pause, AGAIN_AT_MOST)
            self.place += 1
            self.is_unsure()

    @abstractmethod
    def take_step(self) -> None:
        """The next one."""

    @abstractmethod
    def is_unsure(self) -> None:
        """What the portal kept of the last step has to be asked."""

    def ask(self, verb: str, path: str, **body: object) -> requests.Response:
        address = self.among.addresses[self.place % len(self.among.addresses)]
        answer = self.session.request(
            verb, f"{address}/{path}", timeout=PATIENCE, allow_redirects=False, **body
        )
        answer.raise_for_status()
        return answer


class ByApp(Person):
    """Hands in the front of a card, and is told by the enrollment's id that it is kept."""

    state: dict = {}
    sure = True

    def take_step(self) -> None:
        if self.state and not self.sure:
            self.state, self.sure = self.ask("get", "api/v1/enrollment/").json(), True
        step = self.state.get("step", "")
        if not step:
            self.state = self.ask("post", "api/v1/enrollments/", json={"language": "th"}).json()
            self.session.headers["Authorization"] = f"Bearer {self.state['token']}"
        elif step == "terms":
            now = self.ask("get", "api/v1/terms/").json()
            self.state = self.ask("post", "api/v1/enrollment/terms/", json=now).json()
        elif step == "card_front":
            photo = {"picture": ("card.jpg", self.among.card.front, "image/jpeg")}
            self.state = self.ask("put", "api/v1/enrollment/card/front/", files=photo).json()
        else:
            self.among.told.append(Told(self.state["id"], time.time(), self.began))
            self.is_done = True

    def is_unsure(self) -> None:
        self.sure = False


class ByBrowser(Person):
    """Hands in the front at one server and the back at the next, waits until the card is read, and
    looks at the photos beside what was read.
    """

    handed_in = False

    def take_step(self) -> None:
        step = self._step()
        self.place += 1
        if step == "confirm":
            self._see_both_sides()
        elif step == "reading":
            self.handed_in = True
            time.sleep(BEFORE_A_LOOK)
        elif step in ("card_front", "card_back") and self.handed_in:
            self.among.asked_again.append(f"{step} of a good card was asked for again")
            self.is_done = True
        elif step in ("card_front", "card_back"):
            side = step.removeprefix("card_")
            photo = {"picture": ("card.jpg", getattr(self.among.card, side), "image/jpeg")}
            self._press(f"register/card/{side}/", files=photo)
        elif step == "terms":
            now = self.ask("get", "api/v1/terms/").json()
            self._press("register/terms/", data=now | {"accept": "on"})
        else:
            self._press("start/")

    def _step(self) -> str:
        return str(self.ask("get", "register/status/").json().get("step", ""))

    def _press(self, path: str, data: dict | None = None, **files: object) -> None:
        self.session.cookies.set("csrftoken", CSRF)
        self.ask("post", path, data=(data or {}) | {"csrfmiddlewaretoken": CSRF}, **files)

    def _see_both_sides(self) -> None:
        for side in ("front", "back"):
            shown = self.ask("get", f"register/card/{side}/picture/")
            if shown.headers["Content-Type"] != "image/jpeg":
                self.among.asked_again.append(f"the {side} was not shown")
            self.place += 1
        self.among.read.append(time.time() - self.began)
        self.is_done = True

    def is_unsure(self) -> None:
        """It asks before each step anyhow."""
