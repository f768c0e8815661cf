"""Whose an appointment is: a registration's, or else a browser's. No name, no number."""

import uuid
from dataclasses import dataclass

from audit.services import Actor
from core.encryption import lookup_key
from registration.models import Enrollment


@dataclass(frozen=True)
class Owner:
    """`key` has one open appointment at most. `enrollment` is None for a browser alone."""

    key: uuid.UUID
    enrollment: Enrollment | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a registration that a card was read for: no program makes those by the
        thousand.
        """
        return self.enrollment is not None and self.enrollment.number_key is not None

    @property
    def actor(self) -> Actor:
        return actor_of(self.enrollment)


def actor_of(enrollment: Enrollment | None) -> Actor:
    return Actor.anonymous() if enrollment is None else Actor.citizen(enrollment.pk)


def owner_of(enrollment: Enrollment) -> Owner:
    return Owner(lookup_key(str(enrollment.pk), kind="appt.case"), enrollment)


def owner_of_browser(session_key: str) -> Owner:
    return Owner(lookup_key(session_key, kind="appt.browser"))
