"""How the citizen hears, and what is still to be said."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from identity.models import ContactChannel


class Contact(models.Model):
    """Where the citizen wants to hear of the registration: one address, sealed."""

    enrollment = models.OneToOneField(
        "registration.Enrollment", models.CASCADE, primary_key=True, related_name="contact"
    )
    channel = models.CharField(max_length=5, choices=ContactChannel)
    address_sealed = models.BinaryField()
    given_at = models.DateTimeField(default=timezone.now)

    address = SealedJSON("address_sealed")

    def __str__(self) -> str:
        return f"{self.channel} of {self.enrollment_id}"


class Notice(models.Model):
    """A piece of news for a citizen. It is told only while it is still true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="notices"
    )
    move = models.CharField(max_length=20)
    state_since = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.move} for {self.enrollment_id}"
