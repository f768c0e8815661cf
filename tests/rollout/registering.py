"""Citizens who register in processes of their own, a round at a time, and are quiet in between."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from django.conf import settings
from django.db import connections

from registration.errors import Refused
from registration.models import Channel, Enrollment
from registration.services.enrolling import accept_terms, start_enrollment, withdraw


def _register(pipe: Connection, seed: int) -> None:
    """In a process: told to begin and told to stop, it tells what came of it in between."""
    connections.close_all()
    draw, mine = random.Random(seed), []  # noqa: S311 - a simulation's
    while pipe.recv():
        told: Counter[str] = Counter()
        while not pipe.poll(draw.uniform(0.2, 0.8)):
            try:
                told[_one(draw, mine)] += 1
            except Exception as error:  # noqa: BLE001 - told, for the test to judge
                told[repr(error)] += 1
        pipe.recv()
        pipe.send(told)
    connections.close_all()


def _one(draw: random.Random, mine: list[Enrollment]) -> str:
    if mine and draw.random() < 0.25:
        withdraw(mine.pop(draw.randrange(len(mine))))
        return "withdrawn"
    enrollment, _token = start_enrollment(channel=Channel.SELF)
    try:
        mine.append(accept_terms(enrollment, version=settings.TERMS_VERSION))
    except Refused as refusal:
        return refusal.code
    return "registered"


class Crowd:
    def __init__(self, pipes: list[Connection]) -> None:
        self.pipes, self.told = pipes, Counter()

    @contextmanager
    def registering(self) -> Iterator[None]:
        """Inside they register; afterwards nothing of theirs is under way."""
        for pipe in self.pipes:
            pipe.send(True)  # noqa: FBT003 - go
        yield
        for pipe in self.pipes:
            pipe.send(None)
        for pipe in self.pipes:
            self.told += pipe.recv()


@contextmanager
def crowd(people: int) -> Iterator[Crowd]:
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    pairs = [fork.Pipe() for _ in range(people)]
    children = [
        fork.Process(target=_register, args=(theirs, seed), daemon=True)
        for seed, (_mine, theirs) in enumerate(pairs)
    ]
    for child in children:
        child.start()
    try:
        yield Crowd([mine for mine, _theirs in pairs])
    finally:
        for mine, _theirs in pairs:
            mine.send(False)  # noqa: FBT003 - no more
        for child in children:
            child.join(20)
