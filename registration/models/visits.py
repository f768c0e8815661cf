"""A citizen registered at the counter."""

from django.db import models
from django.utils import timezone

from offices.models import Officer


class CounterVisit(models.Model):
    """Which officer registers the citizen, and when the identity was checked in person."""

    enrollment = models.OneToOneField(
        "registration.Enrollment", models.CASCADE, primary_key=True, related_name="visit"
    )
    officer = models.ForeignKey(Officer, models.PROTECT)
    begun_at = models.DateTimeField(default=timezone.now)
    identity_checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"visit of {self.enrollment_id}"
