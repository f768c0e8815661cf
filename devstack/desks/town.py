"""Everybody who is no officer: citizens, the portal's own clock, who switches accounts off."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.services import Actor
from devstack.desks.clock import Person
from offices.models import Office, Officer
from offices.people import suspend_officer
from registration.errors import MoveNotAllowed
from registration.models import Enrollment, Finding
from registration.services.enrolling import accept_terms, start_enrollment, withdraw
from registration.services.holding import return_overdue
from registration.services.moves import move
from registration.states import WITH_OFFICERS, State
from verification.findings import Check, Outcome

MACHINE = Actor.system("checks")
BEAT = 15  # seconds, as the schedule of the worker has it
DOUBTFUL = 0.2  # of the cases have a failed check: approving them takes two


def arrive(draw: random.Random, office: Office) -> None:
    """As far as an officer has to look; pictures are no part of this."""
    enrollment, _token = start_enrollment()
    enrollment = accept_terms(enrollment, version=settings.TERMS_VERSION)
    citizen = Actor.citizen(enrollment.pk)
    enrollment = move(enrollment, "capture_card", actor=citizen)
    enrollment = move(enrollment, "confirm_data", actor=citizen, changes={"office": office})
    hand_in(draw, enrollment)


@transaction.atomic
def hand_in(draw: random.Random, enrollment: Enrollment) -> None:
    attempt = enrollment.selfie_attempts + 1
    moved = move(
        enrollment, "submit_selfie", actor=Actor.citizen(enrollment.pk),
        changes={"selfie_attempts": attempt},
    )  # fmt: skip
    outcome = Outcome.FAILED if draw.random() < DOUBTFUL else Outcome.PASSED
    Finding.objects.create(
        enrollment=moved, attempt=attempt, check_name=Check.FACE_MATCH, outcome=outcome
    )
    move(moved, "send_to_review", actor=MACHINE)


class Citizens(Person):
    """Those who come, so many a second, and those who do something with a case there is."""

    def __init__(self, office: Office, *, a_second: float, seed: int, coming: bool) -> None:
        self.office, self.a_second, self.coming = office, a_second, coming
        self.draw = random.Random(f"{seed} {coming}")  # noqa: S311 - a simulation's
        super().__init__("citizens")

    def way(self) -> Iterator[float]:
        while True:
            if self.coming:
                arrive(self.draw, self.office)
            else:
                self.do_something()
            yield self.draw.expovariate(self.a_second)

    def do_something(self) -> None:
        """Take the photo again, give up in the midst of it, or go on before it is taken back."""
        ago = timezone.now() - timedelta(seconds=self.draw.uniform(3, 60))
        with suppress(MoveNotAllowed):
            for again in Enrollment.objects.filter(state=State.RETAKE, state_since__lt=ago)[:3]:
                hand_in(self.draw, again)
        chance = self.draw.random()
        states = WITH_OFFICERS if chance < 0.15 else [State.VERIFIED]
        with suppress(MoveNotAllowed):
            found = Enrollment.objects.filter(state__in=states).order_by("?").first()
            if found and chance < 0.15:
                withdraw(found)
            elif found and chance < 0.4:
                move(found, "set_password", actor=Actor.citizen(found.pk))


class Beat(Person):
    """What the worker's schedule calls."""

    def way(self) -> Iterator[float]:
        while True:
            return_overdue()
            yield BEAT


class Switch(Person):
    """An administrator who switches accounts off, whatever their users are at."""

    def __init__(self, by: Officer, whom: list[Officer], *, every: int) -> None:
        self.by, self.whom, self.every = by, whom, every
        super().__init__(str(by.pk))

    def way(self) -> Iterator[float]:
        for officer in self.whom:
            yield self.every
            suspend_officer(officer, by=self.by, reason="No longer works here.")
