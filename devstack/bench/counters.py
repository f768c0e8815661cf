"""Are the counters those of the log after events from all sides and workers killed at random?

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.counters [10000]

Writers make enrollments go all kinds of ways, folders count; every two seconds one of them, picked
by chance, is killed with SIGKILL and another takes its place. Then the log is counted anew, once by
`recount` and once by plain Python that shares nothing with the fold.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter as Tally

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from audit.models import Entry
from dashboards.counting.fold import fold
from dashboards.counting.recount import recount
from dashboards.models import Checkpoint, Counter
from registration.states import MOVES

WRITERS, FOLDERS, PAUSE = 3, 2, 2.0
WRITER = """
import django; django.setup()
import random, sys
from audit.services import Actor
from offices.models import Office
from registration.services.enrolling import start_enrollment
from registration.services.moves import move
from registration.states import MOVES
draw = random.Random(int(sys.argv[1]))
offices = list(Office.objects.all()[:40])
system = Actor.system("bench")
while True:
    enrollment, _token = start_enrollment(device=draw.choice(["iphone-safari", "android-chrome"]))
    for _ in range(draw.randint(0, 20)):
        possible = [name for name in MOVES if enrollment.can(name)]
        if not possible:
            break
        going_on = [name for name in possible if name not in ("withdraw", "expire")]
        name = draw.choice(going_on if going_on and draw.random() < 0.95 else possible)
        changes = {"office": draw.choice(offices)} if name == "confirm_data" else {}
        why = {"why": "not_live"} if name == "ask_retake" else {}
        enrollment = move(enrollment, name, actor=system, changes=changes, **why)
"""
FOLDER = """
import django; django.setup()
from dashboards.counting.fold import fold
while True:
    fold()
"""


class Workers:
    """Processes of which one after the other is killed."""

    def __init__(self) -> None:
        self.draw = random.Random(2566)  # noqa: S311 - the same every time
        self.number = self.killed = 0
        self.running = [self._start(WRITER) for _ in range(WRITERS)]
        self.running += [self._start(FOLDER) for _ in range(FOLDERS)]

    def _start(self, program: str) -> tuple[str, subprocess.Popen]:
        self.number += 1
        command = [sys.executable, "-c", program, str(self.number)]
        return program, subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def kill_one(self) -> None:
        place = self.draw.randrange(len(self.running))
        program, process = self.running[place]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.killed += 1
        self.running[place] = self._start(program)

    def stop(self) -> None:
        for _program, process in self.running:
            process.kill()
            process.wait()


def moves() -> int:
    return Entry.objects.filter(action__startswith="enrollment.").count()


def plain_count() -> dict[str, Tally]:
    """Sums by figure and label, read from the log entry by entry."""
    told = {"moves": Tally(), "signups": Tally(), "review": Tally()}
    known = {f"enrollment.{name}" for name in ("start", *MOVES)}
    for entry in Entry.objects.filter(action__in=known).order_by("id").iterator():
        name, previous = entry.action.removeprefix("enrollment."), entry.details.get("previous", "")
        told["moves"][f"{previous}>{name}"] += 1
        if name == "activate":
            told["signups"]["self"] += 1
        if name in ("send_to_review", "take_back") or previous == "in_review":
            told["review"][name] += 1
    return told


def kept(figure: str) -> Tally:
    found = Counter.objects.filter(figure=figure, area="").values_list("label")
    return Tally(dict(found.annotate(Sum("count"))))


def main(events: int) -> int:
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    fold()
    began, workers = time.perf_counter(), Workers()
    while moves() < events:
        time.sleep(PAUSE)
        workers.kill_one()
    workers.stop()
    spent = time.perf_counter() - began
    while fold():
        pass
    differing = recount()
    plain = plain_count()
    wrong = [figure for figure, count in plain.items() if kept(figure) != count]
    place = Checkpoint.objects.get()
    lag = (timezone.now() - place.folded_at).total_seconds()
    print(
        f"{moves():,} events in {spent:.0f} s by {WRITERS} writers, counted by {FOLDERS} folders; "
        f"{workers.killed} of them killed. {place.folded:,} entries in {Counter.objects.count():,} "
        f"counters, {lag:.1f} s old: {len(differing)} differ from a recount, "
        f"{len(wrong)} of {len(plain)} sums from a plain count of the log."
    )
    return 1 if differing or wrong or place.folded != sum(plain["moves"].values()) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
