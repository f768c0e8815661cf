"""Putting a suspended digital ID in force again by its holder's face."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from verification.findings import Check


class ResumeOutcome(models.TextChoices):
    PASSED = "passed"
    FAILED = "failed"
    OVERTAKEN = "overtaken"  # something else became of the digital ID meanwhile: nothing is decided


class ResumeCheck(models.Model):
    """A fresh selfie that is held against the photo of a suspended digital ID, which was issued to
    `enrollment`. It is about the suspension of `suspended_at` and no other. `reason`: the check
    that failed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="resume_checks"
    )
    number_key = models.UUIDField()
    digital_id_key = models.UUIDField()
    suspended_at = models.DateTimeField()
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, blank=True, choices=ResumeOutcome)
    reason = models.CharField(max_length=30, blank=True, choices=Check)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(outcome=""),
                name="one_resume_check_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"resuming of {self.digital_id_key}"
