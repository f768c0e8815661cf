"""What serves once: head turns and links."""

from django.db import models
from uuid_utils.compat import uuid7


class Challenge(models.Model):
    """Head turns asked of a citizen: random, for one use, for a short time, one open at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="challenges"
    )
    steps = models.JSONField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(ended_at=None),
                name="one_open_challenge",
            ),
        ]

    def __str__(self) -> str:
        return f"challenge of {self.enrollment_id}"


class Handoff(models.Model):
    """A link for one use that moves a registration from a desktop to a phone."""

    secret_hash = models.BinaryField(max_length=32, primary_key=True)
    enrollment = models.ForeignKey("registration.Enrollment", models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"handoff of {self.enrollment_id}"
