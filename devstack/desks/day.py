"""A day at one office: who works there, how it is let run, and the figures of it."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from django.core.cache import cache
from django.db import connection

from devstack.desks import checker, clock, officers, records, town
from devstack.desks.clock import Crew, Note, Person
from offices.models import Office, Officer
from offices.roles import Role

OFFICE = {
    "name_th": "สำนักทะเบียนจำลอง", "name_en": "Simulated office", "province_code": "97",
    "province_th": "จังหวัดจำลอง", "province_en": "Simulated province",
}  # fmt: skip
AT_FIRST = 1.2  # cases for each officer wait when the day begins
# In the midst of a second nobody is asked: what is seen then is what everybody could see.
LOOKS = """
SELECT id::text FROM registration_enrollment WHERE state = 'in_review'
  AND held_seen_at < to_timestamp(%(now)s - 60)
"""


@dataclass(frozen=True)
class Plan:
    officers: int
    seconds: int
    seed: int = 2569
    processes: int = 2
    cases_a_second: float = 0.011  # for each officer

    @property
    def supervisors(self) -> int:
        return max(2, self.officers // 12)


@dataclass(frozen=True)
class Outcome:
    day: records.Day
    faults: list[str]
    took: float

    def told(self, plan: Plan) -> str:
        day = self.day
        moves = Counter(one.name for one in day.moves if one.kind != "system")
        by_clock = sum(one.name == "release" and one.kind == "system" for one in day.moves)
        lives = day.lives()
        holds = list(checker.all_holds(lives, day.end))
        longest = max(
            (spent for spent, _ in checker.longest_in_nobodys_hand(day, holds)), default=0
        )
        waited = sorted(_waited(lives))
        faults = Counter(line.partition(":")[0] for line in self.faults)
        return (
            f"{plan.officers} officers, {plan.seconds // 60} minutes of their clock in "
            f"{self.took:.0f} s of ours, {plan.processes} processes, seed {plan.seed}. "
            f"{len(lives):,} cases; taken {moves['take'] + moves['take_second']:,} times, of these "
            f"{moves['take_second']:,} as a second officer; {len(day.decisions):,} decisions, "
            f"{moves['take_back']:,} taken back; given back {moves['release']:,} times by hand and "
            f"{by_clock:,} times by the clock; {moves['reassign']:,} put into other hands, "
            f"{moves['reopen']:,} opened again by two, {moves['withdraw']:,} withdrawn; "
            f"{len(day.switched_off)} accounts switched off at work.\n\n"
            f"Longest in nobody's hand: {longest} s. A case waited {waited[len(waited) // 2]} s "
            f"(median), {waited[int(len(waited) * 0.95)]} s (p95). "
            f"Faults: {dict(faults) or 'none'}."
        )


def _waited(lives: dict[str, list[records.Move]]) -> list[int]:
    return [
        following.at - one.at
        for moves in lives.values()
        for one, following in pairwise(moves)
        if following.name == "take"
    ] or [0]


def staff(plan: Plan) -> tuple[list[Officer], Officer]:
    """Those who decide, and an administrator."""
    office, _ = Office.objects.get_or_create(pk="9701", defaults=OFFICE)
    roles = [Role.SUPERVISOR, Role.PROVINCIAL] * plan.supervisors
    roles = [*roles[: plan.supervisors], *[Role.OFFICER] * (plan.officers - plan.supervisors)]
    made = [
        Officer.objects.create(
            email=f"desk{number}@sample.dopa", name=f"Desk {number}", role=role, office=office
        )
        for number, role in enumerate(roles)
    ]
    switch = Officer.objects.create(
        email="switch@sample.dopa", name="Switch", role=Role.ADMINISTRATOR
    )
    return made, switch


def crews(plan: Plan, people: list[Officer], switch: Officer) -> list[Crew]:
    office, colleagues = people[0].office, [str(one.pk) for one in people]

    def of_officers(some: list[Officer]) -> Callable[[], list[Person]]:
        return lambda: [officers.AtDesk(one, colleagues=colleagues, seed=plan.seed) for one in some]

    def of_the_town() -> list[Person]:
        coming = plan.officers * plan.cases_a_second
        gone = people[plan.supervisors : plan.supervisors + max(1, plan.officers // 12)]
        return [
            town.Citizens(office, a_second=coming, seed=plan.seed, coming=True),
            town.Citizens(office, a_second=coming / 3, seed=plan.seed, coming=False),
            town.Beat("beat"),
            town.Switch(switch, gone, every=plan.seconds // (len(gone) + 1)),
        ]

    desks = [of_officers(people[part :: plan.processes]) for part in range(plan.processes)]
    return [*desks, of_the_town]


def let_run(plan: Plan) -> Outcome:
    """The whole day, and what the checker has to say of it."""
    cache.clear()
    officers.learn_reasons()
    people, switch = staff(plan)
    draw = Random(plan.seed)  # noqa: S311 - a simulation's
    for _ in range(round(plan.officers * AT_FIRST)):
        town.arrive(draw, people[0].office)
    began, start = time.monotonic(), int(time.time()) + 5
    notes: list[Note] = []
    for now, noted in clock.run(crews(plan, people, switch), start=start, seconds=plan.seconds):
        notes += noted
        with connection.cursor() as cursor:
            cursor.execute(LOOKS, {"now": now})
            notes += [Note(now, "the eye", "error: silent for a minute", row[0]) for row in cursor]
    day = records.read(notes, start=start - 600, end=start + plan.seconds - 1)
    return Outcome(day, checker.check(day), time.monotonic() - began)
