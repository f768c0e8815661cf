"""Enrollments a second through real workers, and how long a citizen waits for the answer.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.answers [24]

The jobs of a batch wait in the queue before their workers start; time runs from the first job that
ended, when the models are loaded, to the last. "a bare loop" does the same jobs without Celery.
"""

import itertools
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from core.outbox.models import Job, JobState
from core.outbox.services import run
from devstack.demo.client import CitizenApp
from devstack.demo.measuring.faces import portraits
from devstack.demo.pictures import Pictures
from devstack.demo.register import enter_in_register
from devstack.demo.specimens.people import Person, make_people
from devstack.embedded.programs import ONE_THREAD, celery_worker
from offices.models import Office
from registration.services.capture import READ_CARD, VERIFY

WAITING_ALONE = 20


@dataclass
class Citizen:
    """A new person with good pictures. Faces come again, numbers do not."""

    person: Person
    face: str
    pictures: Pictures
    app: CitizenApp = field(default_factory=CitizenApp)

    def photograph_card(self) -> None:
        self.app.start()
        self.app.photograph_card(*self.pictures.card(self.person, self.face, ""))

    def is_believed(self) -> bool:
        """Whether the first photo of the card is enough; who is asked for another leaves."""
        read = self.app.refresh()["step"] == "confirm"
        return read and self.app.confirm(self.person)["step"] == "selfie"

    def take_selfie(self) -> datetime:
        """When the pictures were sent, all of them made beforehand."""
        challenge, frames = self.app.turn_head(partial(self.pictures.burst, self.face, ""))
        selfie = self.pictures.selfie(self.face, "")
        sent = timezone.now()
        self.app.hand_in_selfie(selfie, challenge=challenge, frames=frames)
        return sent


def citizens() -> Iterator[Citizen]:
    faces = portraits()
    offices = list(Office.objects.values_list("code", flat=True))
    for seed in itertools.count(500):
        person = make_people(1, seed=seed, offices=offices)[0]
        names = faces.names(person.sex)
        face = names[seed % len(names)]
        enter_in_register([person])
        yield Citizen(person, face, Pictures(faces, stranger=face, seed=seed))


@contextmanager
def workers(processes: int) -> Iterator[None]:
    """A Celery worker with so many processes; none for 0."""
    if not processes:
        yield
        return
    worker = subprocess.Popen(
        celery_worker("verification", processes=processes), cwd=ROOT,
        env=os.environ | ONE_THREAD, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()


def finish(kind: str, *, processes: int) -> float:
    """Seconds a job of this kind, for all that wait; with 0 processes this one does them."""
    waiting = list(Job.objects.filter(kind=kind, state=JobState.READY).values_list("pk", flat=True))
    jobs = Job.objects.filter(pk__in=waiting)
    with workers(processes):
        for job_id in [] if processes else waiting:
            run(job_id)
        while jobs.exclude(state=JobState.DONE).exists():
            time.sleep(0.1)
    ends = sorted(jobs.values_list("finished_at", flat=True))[max(processes, 1) - 1 :]
    return (ends[-1] - ends[0]).total_seconds() / (len(ends) - 1)


def batch(people: list[Citizen], *, processes: int) -> tuple[float, float]:
    """Seconds an enrollment for reading the card and for the checks."""
    for citizen in people:
        citizen.photograph_card()
    card = finish(READ_CARD, processes=processes)
    for citizen in filter(Citizen.is_believed, people):
        citizen.take_selfie()
    return card, finish(VERIFY, processes=processes)


def wait_for(kind: str) -> Job:
    """The newest job of this kind, once it is done."""
    job = Job.objects.filter(kind=kind).latest("pk")
    while job.state != JobState.DONE:
        time.sleep(0.01)
        job.refresh_from_db()
    return job


def waits_alone(people: Iterator[Citizen]) -> list[float]:
    """Seconds from sending the selfie to its answer, one citizen after the other."""
    waits = []
    for citizen in people:
        citizen.photograph_card()
        wait_for(READ_CARD)
        if citizen.is_believed():
            sent = citizen.take_selfie()
            waits.append((wait_for(VERIFY).finished_at - sent).total_seconds())
    return waits


def main(count: int) -> None:
    settings.RATE_LIMITS["start"] = (100_000, 3600)  # all these citizens have one address
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    people = citizens()
    print("| | card, s | checks, s | enrollments a second |\n|---|--:|--:|--:|")
    for title, processes in (("a bare loop", 0), ("1 worker process", 1), ("2 processes", 2)):
        card, checks = batch(list(itertools.islice(people, count)), processes=processes)
        print(f"| {title} | {card:.3f} | {checks:.3f} | {1 / (card + checks):.2f} |", flush=True)
    with workers(2):
        alone = waits_alone(itertools.islice(people, WAITING_ALONE + 4))[4:]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"\nFrom sending the selfie to the answer, {len(alone)} citizens one after the other: "
        f"p50 {statistics.median(alone):.2f} s, p95 {statistics.quantiles(alone, n=20)[-1]:.2f} s. "
        f"The largest worker process took {most:.0f} MiB."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
