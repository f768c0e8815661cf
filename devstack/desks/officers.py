"""An officer at a browser: takes, looks, decides, and all the ways in which people leave a desk."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.test import Client

from devstack.demo.signed_in import prove_factor, sign_in
from devstack.desks.clock import Gone, Person
from offices.models import Officer
from registration.models import DecisionReason

CASE = re.compile(r"/staff/cases/([0-9a-f-]{36})/")
ASKED = re.compile(r"/staff/cases/[0-9a-f-]{36}/second-person/[0-9a-f-]{36}/")
SIGN_EVERY, LOOK = 10, (15, 110, 45)  # seconds; at least, at most, mostly
MOVES = {"approve": 62, "ask_retake": 15, "reject": 12, "pass_to_second": 11}


class AtDesk(Person):
    def __init__(self, officer: Officer, *, colleagues: Sequence[str], seed: int) -> None:
        super().__init__(str(officer.pk))
        self.officer, self.colleagues = officer, colleagues
        self.draw = random.Random(f"{seed} {officer.email}")  # noqa: S311 - a simulation's
        self.sign_in()

    def sign_in(self) -> None:
        self.client = sign_in(Client(headers={"Accept-Language": "en"}), self.officer)

    # What the browser asks for.

    def get(self, address: str) -> HttpResponse:
        return self._known(self.client.get(address))

    def post(self, address: str, **data: Any) -> HttpResponse:
        return self._known(self.client.post(address, data))

    def _known(self, answer: HttpResponse) -> HttpResponse:
        if "/staff/account/" in answer.get("Location", ""):
            raise Gone  # switched off, and the session with it
        if answer.status_code >= 500:
            self.note(f"error {answer.status_code}")
        return answer

    def press(self, what: str, case: str, **data: Any) -> HttpResponse:
        self.note(f"press {what}", case)
        return self.post(f"/staff/cases/{case}/{what}/", **data)

    def sign(self, case: str, **data: str) -> bool:
        if not data:
            self.note("there", case)
        return self.post(f"/staff/cases/{case}/hold/", **data).status_code == 200

    def next(self, **data: str) -> str:
        """N, the case that it leads to."""
        return self._led_to(self.post("/staff/cases/next/", **data))

    def _led_to(self, answer: HttpResponse) -> str:
        found = CASE.search(answer.get("Location", ""))
        if found:
            self.note("next", found[1])
        return found[1] if found else ""

    # A day of it.

    def way(self) -> Iterator[float]:
        yield self.draw.uniform(1, 15)
        while True:
            if self.draw.random() < 0.15:
                case = self.picks()
            elif self.officer.supervises and self.draw.random() < 0.8:
                case = self.supervises()
            else:
                case = self.next()
            if not case:
                yield self.draw.uniform(3, 12)
            while case:
                case = yield from self.looks(case)

    def picks(self) -> str:
        """By hand, out of the list: what others pick in the same moment as well."""
        mine = self.draw.random() < 0.6
        listed = self.get(f"/staff/queue/?queue={'waiting' if mine else 'taken'}")
        found = list(dict.fromkeys(CASE.findall(listed.content.decode())))[:2]
        if not found:
            return ""
        case = self.draw.choice(found)
        if not mine:  # a colleague's, whose page is open still
            self.press("decide", case, move="approve", then="queue")
            return ""
        self.press("take", case)
        return case

    def supervises(self) -> str:
        """Put a case into other hands, ask for a second person, be one."""
        queue = self.draw.choice(["waiting", "taken", "decided"])
        text = self.get(f"/staff/queue/?queue={queue}").content.decode()
        pages = [self.get(f"/staff/cases/{case}/").text for case in CASE.findall(text)[:3]]
        for address in [found for page in pages for found in ASKED.findall(page)]:
            self.note("press second person", CASE.search(address)[1])
            self.post(address, answer="agree")
        listed = list(dict.fromkeys(CASE.findall(text)))
        for case in self.draw.sample(listed, min(4, len(listed))):
            if queue == "decided":
                self.press("reopen", case, message="Please look at this once more.")
            else:
                prove_factor(self.client, self.officer)
                to = self.draw.choice(self.colleagues)
                self.press("reassign", case, officer=to, reason="The work is shared out anew.")
                break
        return ""

    def looks(self, case: str) -> Iterator[float]:
        self.get(f"/staff/cases/{case}/")
        for _ in range(round(self.draw.triangular(*LOOK) / SIGN_EVERY)):
            if not self.sign(case):
                return ""
            yield SIGN_EVERY
        fates = [fate for fate, _weight in FATES]
        fate = self.draw.choices(fates, [weight for _fate, weight in FATES])[0]
        return (yield from fate(self, case))

    # How it ends.

    def decides(self, case: str) -> Iterator[float]:
        move = self.draw.choices(list(MOVES), list(MOVES.values()))[0]
        undoes = self.draw.random() < 0.1
        then = "queue" if undoes or self.draw.random() < 0.15 else "next"
        data = {"reasons": [self.draw.choice(REASONS[move])]} if move in REASONS else {}
        following = self._led_to(self.press("decide", case, move=move, then=then, **data))
        if not undoes:
            yield 1
            return following if following != case else ""
        yield self.draw.uniform(1, 36)
        self.press("undo", case)
        return case  # if it was too late, the first sign says that it is not mine

    def passes_over(self, case: str) -> Iterator[float]:
        self.note("left", case)
        yield 1
        return self.next(leaving=case)

    def gives_back(self, case: str) -> Iterator[float]:
        self.press("release", case)
        yield self.draw.uniform(5, 60)
        return ""

    def closes_the_tab(self, case: str) -> Iterator[float]:
        self.sign(case, leaving="yes")
        yield self.draw.uniform(2, 150)
        return self.next()

    def loses_the_network(self, case: str) -> Iterator[float]:
        """And presses what was to be pressed once it is back, held or not."""
        yield self.draw.uniform(5, 120)
        return (yield from self.decides(case))

    def signs_out(self, _case: str) -> Iterator[float]:
        self.client.post("/staff/account/logout/")
        yield self.draw.uniform(30, 200)
        self.sign_in()
        return ""

    def falls_asleep(self, case: str) -> Iterator[float]:
        """The page stays open."""
        for _ in range(80):
            if not self.sign(case):
                return ""
            yield SIGN_EVERY
        return ""

    def breaks_down(self, _case: str) -> Iterator[float]:
        yield 600
        self.sign_in()
        return ""


FATES: list[tuple[Callable[[AtDesk, str], Iterator[float]], float]] = [
    (AtDesk.decides, 76), (AtDesk.passes_over, 7), (AtDesk.gives_back, 3),
    (AtDesk.closes_the_tab, 4), (AtDesk.loses_the_network, 5), (AtDesk.signs_out, 2),
    (AtDesk.falls_asleep, 1), (AtDesk.breaks_down, 2),
]  # fmt: skip
REASONS: dict[str, list[str]] = {}


def learn_reasons() -> None:
    for reason in DecisionReason.objects.filter(active=True):
        REASONS.setdefault(reason.move, []).append(reason.code)
