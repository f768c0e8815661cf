"""A clock that several processes share: a second begins when the one before is over everywhere."""

import multiprocessing
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import NamedTuple

import time_machine
from django.db import connections


class Note(NamedTuple):
    """What somebody knows to have happened, from outside the portal. `at` in seconds since 1970."""

    at: int
    who: str
    what: str
    case: str = ""


class Gone(Exception):
    """Whoever raises this has nothing more to do here."""


class Person(ABC):
    """Somebody whose `way()` yields how many seconds until the next thing is done."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.now = self.wakes = 0
        self.notes: list[Note] = []
        self.going: Iterator[float] = self.way()

    @abstractmethod
    def way(self) -> Iterator[float]:
        """What this one does, step by step."""

    def note(self, what: str, case: str = "") -> None:
        self.notes.append(Note(self.now, self.name, what, case))

    def go_on(self, now: int) -> None:
        self.now = now
        try:
            self.wakes = now + max(1, round(next(self.going)))
        except (StopIteration, Gone):
            self.wakes = 2**62
        except Exception as error:  # noqa: BLE001 - told, and a finding of the checker's
            self.note(f"error {error!r}"[:300])
            self.wakes = 2**62


Crew = Callable[[], list[Person]]


def _serve(crew: Crew, pipe: Connection) -> None:
    """In a process of its own: be told a second, do what is due in it all at once, answer."""
    connections.close_all()
    people = crew()
    with time_machine.travel(pipe.recv(), tick=False) as clock, ThreadPoolExecutor(64) as pool:
        while True:
            now = pipe.recv()
            if now is None:
                break
            clock.move_to(now)
            due = [one for one in people if one.wakes <= now]
            list(pool.map(lambda one, now=now: one.go_on(now), due))
            notes = [note for one in due for note in one.notes]
            for one in due:
                one.notes.clear()
            pipe.send(notes)
    connections.close_all()


def run(crews: Iterable[Crew], *, start: int, seconds: int) -> Iterator[tuple[int, list[Note]]]:
    """Let the clock go; each second, once it is over, with what was noted in it."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    pipes, processes = [], []
    for crew in crews:
        mine, theirs = fork.Pipe()
        process = fork.Process(target=_serve, args=(crew, theirs), daemon=True)
        process.start()
        theirs.close()
        mine.send(start)
        pipes.append(mine)
        processes.append(process)
    try:
        for now in range(start, start + seconds):
            for pipe in pipes:
                pipe.send(now)
            yield now, [note for pipe in pipes for note in pipe.recv()]
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send(None)
            process.join(30)
