"""Calls to 1548: what agents looked up, and the codes that citizens read out to them."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from offices.models import Officer


class HelpLook(models.Model):
    """One search of an agent: the page of what it found is this agent's, for a short time. The
    rows of a day are what the agent's searches and suspensions are counted by.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agent = models.ForeignKey(Officer, models.CASCADE, related_name="help_looks")
    at = models.DateTimeField(default=timezone.now)
    # Of the live digital ID that was found.
    number_key = models.UUIDField(null=True)
    digital_id = models.UUIDField(null=True)
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent", "at"], name="help_look_of_agent"),
            models.Index(fields=["at"], name="help_look_by_time"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"


class HelpCode(models.Model):
    """Six digits that let one agent see where an enrollment stands.

    `key` is their keyed hash while the code is open: one code of all open ones, and one open code
    of an enrollment. Whoever opens it (`agent`) sees the step until `seen_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="help_codes"
    )
    key = models.UUIDField(null=True, unique=True)
    expires_at = models.DateTimeField()
    agent = models.ForeignKey(Officer, models.CASCADE, null=True, related_name="help_codes")
    opened_at = models.DateTimeField(null=True)
    seen_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(key__isnull=False),
                name="one_open_help_code",
            ),
            models.CheckConstraint(
                condition=models.Q(key=None) | models.Q(opened_at=None),
                name="help_code_used_once",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="help_code_by_end")]

    def __str__(self) -> str:
        return f"code of {self.enrollment_id}"
