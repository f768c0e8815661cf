"""Whole sessions of sample people with their own pictures, the whole way through the API.

By an app that its platform vouches for they are honest people. By nobody they are what a forger
sends at best: whatever its pictures are like, a person has to look.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from django.db import transaction

from devstack.demo.measuring.whole_way import (
    CardUnread,
    Subject,
    show_own_face,
    subjects,
    to_selfie,
)
from devstack.demo.register import enter_in_register
from registration.states import State

TRIES = 2  # pictures: whoever is asked for another takes it
ANOTHER = 7  # added to a seed: the same person a moment later


@dataclass(frozen=True)
class Session:
    """`states` are the answers to its pictures; none where the card was not read."""

    attested: bool
    states: tuple[State, ...]


def sessions(count: int, *, attested: bool) -> Iterator[Session]:
    """Each is undone."""
    for subject in islice(subjects(times=count), count):
        with transaction.atomic():
            enter_in_register([subject.person])
            yield Session(attested, tuple(_states(subject, attested=attested)))
            transaction.set_rollback(True)


def _states(subject: Subject, *, attested: bool) -> Iterator[State]:
    with suppress(CardUnread):
        app = to_selfie(subject)
        for number in range(TRIES):
            moment = replace(subject, seed=subject.seed + ANOTHER * number)
            state = show_own_face(app, moment, attested=attested)
            yield state
            if state != State.RETAKE:
                return
