"""Exercises in the queues of offices, and what officers made of them (decision 35)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.choice_words import word_of
from offices.models import Office, Officer
from registration.models.decisions import RejectReason, RetakeReason
from registration.models.enrollment import Channel, Risk, new_reference
from registration.models.evidence import Finding
from registration.models.exercises import Exercise
from registration.states import MOVES, WAITING, WITH_OFFICERS, State


class ServedQuerySet(models.QuerySet["ServedExercise"]):
    def visible_to(self, officer: Officer) -> "ServedQuerySet":
        """Those of the office where this officer acts, who is an officer and nothing higher."""
        if officer.role != "officer":
            return self.none()
        now = timezone.now()
        return self.filter(office=officer.office_id, waiting_since__lte=now, gone_at__gt=now)

    def waiting(self) -> "ServedQuerySet":
        return self.filter(state__in=WAITING)


def served_until() -> datetime:
    return timezone.now() + settings.ENROLLMENT_OPEN_FOR


class ServedExercise(models.Model):
    """An exercise in the queue of an office. Has what the pages of a case ask of an enrollment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="served")
    office = models.ForeignKey(Office, models.PROTECT)
    reference = models.CharField(max_length=14, unique=True, default=new_reference)
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING_REVIEW)
    state_since = models.DateTimeField()
    waiting_since = models.DateTimeField()
    reject_reason = models.CharField(max_length=20, blank=True, choices=RejectReason)
    retake_reason = models.CharField(max_length=20, blank=True, choices=RetakeReason)
    held_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    held_seen_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(default=served_until)

    objects = ServedQuerySet.as_manager()

    # What the pages ask of a case and no exercise has.
    renewal = False
    appealed = False
    selfie_attempts = 1
    language = "th"
    doubts: "Sequence[Finding]"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "office"], name="an_exercise_comes_to_an_office_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="served_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "waiting_since"], name="served_queue")]

    def __str__(self) -> str:
        return f"served exercise {self.reference}"

    def become(self, name: str) -> None:
        """Make one move of the table of states; registration.services.exercises.moves saves it."""
        self.state, self.state_since = MOVES[name].target, timezone.now()
        if self.state != State.IN_REVIEW:
            self.held_by = self.held_until = self.held_seen_at = None

    def can(self, move: str) -> bool:
        return self.state in MOVES[move].sources

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django's, quicker
        return word_of(State, self.state)

    def get_channel_display(self) -> str:  # type: ignore[no-redef]
        return word_of(Channel, self.channel)

    def get_risk_display(self) -> str:
        return word_of(Risk, self.exercise.risk)

    @property
    def risk(self) -> int:
        return self.exercise.risk

    @property
    def in_line_since(self) -> datetime:
        return self.since

    @property
    def since(self) -> datetime:
        return self.waiting_since if self.state in WITH_OFFICERS else self.state_since

    @property
    def is_late(self) -> bool:
        waited: timedelta = timezone.now() - self.waiting_since
        return self.state in WITH_OFFICERS and waited > settings.CASE_ANSWERED_WITHIN


class AnswerQuerySet(models.QuerySet["ExerciseAnswer"]):
    def in_force(self) -> "AnswerQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class ExerciseAnswer(models.Model):
    """What an officer decided of a served exercise. `reason` as of a Decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    served = models.ForeignKey(ServedExercise, models.CASCADE, related_name="answers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    move = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField(default=list)
    message = models.TextField(max_length=500, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at"]
        indexes = [models.Index(fields=["officer", "decided_at"], name="answers_of_an_officer")]

    def __str__(self) -> str:
        return f"{self.move} by {self.officer_id}"

    @property
    def said(self) -> str:
        """What the officer meant: an approval that takes two is an approval."""
        return "approve" if self.reason == "would_approve" else self.move

    @property
    def agrees(self) -> bool:
        return self.said == self.served.exercise.move
