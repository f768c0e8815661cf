"""One campaign: the portal is started, citizens come, faults strike, then everything is counted."""

import math
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import psycopg

from devstack.demo.measuring.faces import portraits
from devstack.demo.over_http import OverHttp
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from devstack.embedded.child import ChildFailed
from devstack.storm.checker import Broken, check
from devstack.storm.citizens import TROUBLE, AskedAgain, Enrolling, Ledger, Somebody, live
from devstack.storm.faults import FAULTS
from devstack.storm.target import Target

AT_ONCE_SHARE = 0.2  # of the faults, after which the next does not wait until all is well
RECOVERS_WITHIN = 180.0
LAST_WAY_WITHIN = 300.0
REGISTER = """
from devstack.demo.specimens.people import Person
from devstack.demo.register import enter_in_register
enter_in_register({people!r})
"""
HEARTBEAT = "SELECT at FROM upkeep_progress WHERE name = 'heartbeat'"


@dataclass
class Seen:
    """All that a campaign showed."""

    seed: int
    citizens: int
    ledger: Ledger = field(default_factory=Ledger)
    faults: int = 0
    recovery: dict[str, list[float]] = field(default_factory=dict)  # seconds, by fault
    never: list[str] = field(default_factory=list)  # after which it did not come back
    broken: Broken = field(default_factory=lambda: Broken({}, []))
    minutes: float = 0.0
    enough: threading.Event = field(default_factory=threading.Event)  # no more faults, once set

    @property
    def is_whole(self) -> bool:
        return not (self.broken or self.never or self.ledger.broken())


def run(folder: Path, seen: Seen, *, faults: int, say: Callable[[str], None]) -> Seen:
    """Under as many citizens at a time as `seen` has. Raises ChildFailed where the portal does not
    start, or its supervisor ends.
    """
    began = time.monotonic()
    target = Target(folder)
    try:
        target.start()
        crowd = people(seen.seed)
        everybody = [one.person for one in crowd]
        entered = target.manage("shell", "--verbosity=0", "-c", REGISTER.format(people=everybody))
        if entered.returncode:
            raise ChildFailed(entered.stderr)
        probe = Probe(target, crowd.pop())
        visits = send_in(crowd, target, seen)
        strike(target, probe, seen, faults, say)
        seen.ledger.over.set()
        for visit in visits:
            visit.join(LAST_WAY_WITHIN)
        seen.broken = check(target, seen.ledger)
        again = [one.problem for one in seen.ledger.asked_again if probe.is_good(one)]
        seen.broken.counts["good cards asked for again"] = len(again)
        seen.broken.which += again
    finally:
        target.stop()
    seen.minutes = (time.monotonic() - began) / 60
    return seen


def people(seed: int) -> list[Somebody]:
    """Everybody with a face of their own: as many as there are portraits."""
    faces = portraits()
    names = {sex: iter(faces.names(sex)) for sex in ("f", "m")}
    crowd = []
    for person in make_people(200, seed=seed):
        face = next(names[person.sex], None)
        if face is not None:
            taken = Pictures(faces, stranger=face, seed=seed + 100 * len(crowd))
            crowd.append(Somebody(person, face, taken))
    return crowd


def send_in(crowd: list[Somebody], target: Target, seen: Seen) -> list[threading.Thread]:
    visits = [
        threading.Thread(
            target=live,
            args=(
                crowd[place :: seen.citizens],
                target.url,
                seen.ledger,
                random.Random(seen.seed + place),  # noqa: S311 - to be repeated
            ),
            daemon=True,
        )
        for place in range(seen.citizens)
    ]
    for visit in visits:
        visit.start()
    return visits


def drawn(seed: int) -> Iterator[tuple[str, float, bool, random.Random]]:
    """Faults without end: which, after how many seconds, whether the next one does not wait for
    the recovery, and the chance that is this one's own.
    """
    draw = random.Random(seed)  # noqa: S311 - to be repeated
    while True:
        name, pause = draw.choice(sorted(FAULTS)), draw.uniform(0, 3)
        at_once = draw.random() < AT_ONCE_SHARE
        yield name, pause, at_once, random.Random(draw.random())  # noqa: S311 - as above


def strike(
    target: Target, probe: "Probe", seen: Seen, faults: int, say: Callable[[str], None]
) -> None:
    for number, (name, pause, at_once, chance) in enumerate(islice(drawn(seen.seed), faults), 1):
        if seen.enough.is_set():
            break
        time.sleep(pause)
        FAULTS[name](target, chance)
        seen.faults = number
        if at_once and number < faults:
            say(f"{number:5} {name}, and at once")
            continue
        took = probe.recovery()
        if took is None:
            seen.never.append(name)
        else:
            seen.recovery.setdefault(name, []).append(took)
        came = "not back" if took is None else f"{took:.1f} s"
        say(f"{number:5} {name}: {came}, the card was read after {probe.read_after:.1f} s")


class Probe:
    """A newcomer with one good card, who begins and leaves again and again."""

    def __init__(self, target: Target, who: Somebody) -> None:
        self.target, self.who = target, who
        self.card = next(who.cards())
        self.read_after = math.inf  # seconds, of the last recovery

    def recovery(self) -> float | None:
        """Seconds from now until somebody who comes after now had a card read, and what begins by
        itself was done again; None where that took too long.
        """
        began, since = time.monotonic(), datetime.now(UTC)
        self.read_after = math.inf
        while time.monotonic() < began + RECOVERS_WITHIN:
            if self.read_after == math.inf and self._is_read():
                self.read_after = time.monotonic() - began
            if self.read_after < math.inf and self._has_worked(since):
                return time.monotonic() - began
            time.sleep(0.2)
        return None

    def _is_read(self) -> bool:
        app = Enrolling(self.who, OverHttp(self.target.url), Ledger(), renewal=False)
        with suppress(*TROUBLE):
            app.start()
            app.photograph_card(*self.card)
            return bool(app.wait()["step"] == "confirm")
        return False

    def _has_worked(self, since: datetime) -> bool:
        with suppress(psycopg.Error):
            return any(at > since for (at,) in self.target.query(HEARTBEAT))
        return False

    def is_good(self, asked: AskedAgain) -> bool:
        """Whether the portal takes the card on a quiet day, for which it asked again."""
        app = Enrolling(self.who, OverHttp(self.target.url), Ledger(), renewal=False)
        app.start()
        app.photograph_card(*asked.card)
        return app.wait()["step"] == "confirm" and app.confirm(asked.person)["step"] == "selfie"
