"""Coming back from another device once verified."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from verification.findings import Check


class ReturnOutcome(models.TextChoices):
    PASSED = "passed"
    FAILED = "failed"


class ReturnCheck(models.Model):
    """A fresh selfie that is held against the verified one; if it is the same person, `device_key`
    becomes the key from which the rest of the way is accepted. `reason`: the check that failed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="return_checks"
    )
    device_key = models.JSONField()
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, blank=True, choices=ReturnOutcome)
    reason = models.CharField(max_length=30, blank=True, choices=Check)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(outcome=""),
                name="one_return_check_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"return to {self.enrollment_id}"
