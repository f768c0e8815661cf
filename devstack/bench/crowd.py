"""A crowd before the line, in simulated time: the portal's own functions and PostgreSQL, people and
workers made up.

Nobody's clock is waited for: each step is a second of the crowd's time. Workers are a queue with so
many jobs a minute; what the line sees of them is what it would see of real ones.
"""

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.origin import coming_from
from registration.errors import HasToWait
from rollout.line import snapshot
from rollout.line.course import Course
from rollout.line.entering import enter
from rollout.line.moving import course_kept, move_line
from rollout.line.seeing import used_share
from rollout.line.speed import Seen
from rollout.line.standing import minutes_to_wait

BEAT = 15  # seconds
LOOK, AGAIN = 2, 20 * 60
JOBS = ((120, 60), (300, 120), (420, 120))  # mean and spread of seconds from the start to each job
THIRD_JOB = 0.5  # has a third
BEST_OF = 30  # minutes


@dataclass(frozen=True)
class Plan:
    """`come` people in `within` seconds. `leave`: share that goes home; `late`: comes back after
    the turn; `copied`: share of tickets that a second browser tries as well. `jobs` a minute are
    done, `broken` of them between two minutes.
    """

    come: int
    within: int = 600
    leave: float = 0.25
    late: float = 0.05
    copied: float = 0.02
    jobs: float = 3000.0
    broken: float = 0.5
    broken_from: int = 25
    broken_until: int = 45
    seed: int = 20


@dataclass
class Person:
    came: float
    ticket: str = ""
    number: int = 0
    told: list[tuple[int, int, int]] = field(default_factory=list)  # at a second: minutes
    called: float | None = None
    began: float | None = None


@dataclass
class Workers:
    """Jobs become due, and so many are done a minute."""

    due: list[float] = field(default_factory=list)
    waiting: int = 0
    owed: float = 0.0
    done: deque[tuple[int, int]] = field(default_factory=deque)  # minute, jobs
    longest: float = 0.0  # seconds that a job waited

    def begin(self, now: float, draw: random.Random) -> None:
        kinds = JOBS if draw.random() < THIRD_JOB else JOBS[:2]
        for mean, spread in kinds:
            heapq.heappush(self.due, now + max(20.0, draw.gauss(mean, spread)))

    def work(self, now: int, per_minute: float) -> None:
        while self.due and self.due[0] <= now:
            heapq.heappop(self.due)
            self.waiting += 1
        self.owed = min(self.owed + per_minute / 60, self.waiting)
        did = math.floor(self.owed)
        self.owed, self.waiting = self.owed - did, self.waiting - did
        minute = now // 60
        if self.done and self.done[-1][0] == minute:
            did += self.done.pop()[1]
        self.done.append((minute, did))
        self.longest = max(self.longest, 60 * self.waiting / per_minute)

    def best(self, now: int) -> float:
        while self.done and self.done[0][0] < now // 60 - BEST_OF:
            self.done.popleft()
        return float(max((jobs for _minute, jobs in self.done), default=0))


class Crowd:
    """`run()` until all who wanted to have begun; then `people` and `workers` tell how it went."""

    def __init__(self, plan: Plan, began: datetime) -> None:
        self.plan, self.zero = plan, began
        self.draw = random.Random(plan.seed)  # noqa: S311 - a crowd, no secret
        self.people = [Person(came) for came in sorted(self._comes() for _ in range(plan.come))]
        self.workers = Workers()
        self.events: list[tuple[float, int, str]] = []  # when, whose, what
        self.refused_copies = self.begun_by_copies = 0
        self.uncalled = 0  # the first person who is not called yet, in order of numbers
        self.by_number: list[int] = []
        self.seconds = 0

    def _comes(self) -> float:
        """Half of them in the first quarter: the news has just said it."""
        return self.plan.within * self.draw.random() ** 2

    def moment(self, seconds: float) -> datetime:
        return self.zero + timedelta(seconds=seconds)

    def run(self, *, at_most: int = 24 * 3600) -> None:
        coming = 0
        while self.seconds < at_most and (coming < len(self.people) or self._goes_on()):
            now = self.seconds
            if now % BEAT == 0:
                self._beat(now)
            if now % LOOK == 0:
                snapshot.look_anew()
            while coming < len(self.people) and self.people[coming].came <= now:
                self._arrive(coming, now)
                coming += 1
            self._call(now)
            while self.events and self.events[0][0] <= now:
                _when, who, what = heapq.heappop(self.events)
                self._act(who, what, now)
            broken = self.plan.broken_from <= now / 60 < self.plan.broken_until
            self.workers.work(now, self.plan.jobs * (self.plan.broken if broken else 1))
            self.seconds += 1

    def _goes_on(self) -> bool:
        return bool(self.events) or self.uncalled < len(self.by_number)

    def _beat(self, now: int) -> None:
        course = course_kept()
        seen = Seen(
            jobs_waiting=self.workers.waiting,
            best_minute=self.workers.best(now),
            used=used_share(course, self.moment(now)) if course else 1.0,
        )
        move_line(now=self.moment(now), seen=seen, wait=True)

    def _arrive(self, who: int, now: int) -> None:
        person = self.people[who]
        if self._enter(person, who, now):
            person.called = person.began = now
            self.workers.begin(now, self.draw)
            return
        self.by_number.append(who)
        self._look(person, now)
        heapq.heappush(self.events, (now + AGAIN, who, "look"))

    def _look(self, person: Person, now: int) -> None:
        course, moment = self._course(), self.moment(now)
        least, most = minutes_to_wait(person.number - course.called(moment) - 1, course, moment)
        if least is not None and most is not None:
            person.told.append((now, least, most))

    def _course(self) -> Course:
        course = snapshot.present().course
        if course is None:
            raise RuntimeError("the line has not moved yet")
        return course

    def _call(self, now: int) -> None:
        """Those whose page goes on: some have left, some come at once, some too late."""
        called = self._course().called(self.moment(now)) if self.by_number else 0
        while self._goes_on() and self.uncalled < len(self.by_number):
            who = self.by_number[self.uncalled]
            person = self.people[who]
            if person.number > called:
                return
            person.called = now
            self.uncalled += 1
            fate = self.draw.random()
            if fate < self.plan.leave:
                continue
            late = fate < self.plan.leave + self.plan.late
            wait = 1000.0 if late else min(800.0, self.draw.expovariate(1 / 60))
            heapq.heappush(self.events, (now + wait, who, "late" if late else "begin"))

    def _act(self, who: int, what: str, now: int) -> None:
        person = self.people[who]
        number, ticket = person.number, person.ticket
        if what == "look":
            if person.called is None:
                self._look(person, now)
            return
        if what == "copy":
            begun = self._enter(Person(now, ticket, number), who + 1, now)
            self.begun_by_copies += begun
            self.refused_copies += not begun
            return
        if self._enter(person, who + 7, now):  # from another network than before
            person.began = now
            self.workers.begin(now, self.draw)
            if self.draw.random() < self.plan.copied:
                heapq.heappush(self.events, (now + 5.0, who, "copy"))
        elif what == "begin":
            raise RuntimeError(f"number {number} was called and could not begin")
        else:
            person.told = []  # what was said is of another place
            self.by_number.append(who)  # behind all others

    def _enter(self, person: Person, network: int, now: int) -> bool:
        """Whether this one begins now; else the ticket is the one to wait with."""
        try:
            with coming_from(f"10.{network >> 16 & 255}.{network >> 8 & 255}.{network & 255}"):
                enter(person.ticket, now=self.moment(now))
        except HasToWait as wait:
            person.ticket, person.number = wait.ticket, wait.number
            return False
        return True


def told_and_true(people: list[Person], *, look: int = 0) -> list[tuple[float, float, float]]:
    """Least, most and what came true, in minutes, of those who had a range at this look and kept
    the place.
    """
    return [
        (person.told[look][1], person.told[look][2], (person.called - person.told[look][0]) / 60)
        for person in people
        if len(person.told) > look and person.called is not None
    ]
