"""Exercises: cases whose answer is known, and how many of them come (decision 35).

None of these rows is an enrollment, and no service of enrollments takes one.
"""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from identity.person import Person
from offices.models import Officer
from registration.models.enrollment import Risk
from registration.models.evidence import EvidenceKind

MOST_PERCENT = 5
MOST_A_DAY = 10


class KnownAnswer(models.TextChoices):
    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    ASK_RETAKE = "ask_retake", _("Ask for a new photo")


def exercise_end() -> datetime:
    return timezone.now() + settings.EXERCISE_OPEN_FOR


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def in_use(self) -> "ExerciseQuerySet":
        return self.filter(
            agreed=True, ended_at=None, ends_at__gt=timezone.now(), person_sealed__isnull=False
        )


class Exercise(models.Model):
    """A case with a known answer. It goes in once `answered_by` decided blind as its maker did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(default=exercise_end)
    move = models.CharField(_("Right answer"), max_length=20, choices=KnownAnswer)
    reason = models.CharField(_("Reason"), max_length=20, blank=True)  # a code of DecisionReason
    number_key = models.UUIDField(db_index=True)
    person_sealed = models.BinaryField(null=True)
    registered_sealed = models.BinaryField(null=True)
    findings = models.JSONField(default=list)
    risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.LOW)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    person: SealedJSON[Person | None] = SealedJSON("person_sealed", of=Person)
    registered: SealedJSON[Person | None] = SealedJSON("registered_sealed", of=Person)
    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("made_by")),
                name="exercise_is_answered_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed=None) | models.Q(answered_by__isnull=False),
                name="exercise_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"exercise {self.pk}"

    @property
    def number(self) -> str:
        """What people call it by."""
        return self.pk.hex[-6:].upper()

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.ends_at > timezone.now()


class ExercisePicture(models.Model):
    """A sealed picture; `name` is where its ciphertext lies, `details` are those of an Evidence."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="pictures")
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    name = models.CharField(max_length=200)
    details = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "kind"], name="one_exercise_picture_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.exercise_id}"


class ExerciseShare(models.Model):
    """The one row: how many of a hundred taken cases bring an exercise. Written by its lever."""

    percent = models.PositiveSmallIntegerField(
        _("Exercises of 100 cases taken"), default=0, validators=[MaxValueValidator(MOST_PERCENT)]
    )
    a_day = models.PositiveSmallIntegerField(
        _("Exercises a day an officer, at most"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)],
    )

    class Meta:
        verbose_name = _("Share of exercises")
        verbose_name_plural = _("Share of exercises")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_share_of_exercises"),
            models.CheckConstraint(
                condition=models.Q(percent__lte=MOST_PERCENT), name="share_of_exercises_is_small"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"


def share_now() -> ExerciseShare:
    return ExerciseShare.objects.filter(pk=1).first() or ExerciseShare(pk=1)
