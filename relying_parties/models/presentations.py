"""What services ask holders to show, and what is shown until the service has collected it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from relying_parties.models.clients import RelyingParty


class Outcome(models.TextChoices):
    WAITING = "waiting"
    SHOWN = "shown"
    DECLINED = "declined"


class PresentationRequest(models.Model):
    """One request to show claims, answered once. `return_to` is where the holder's browser goes
    afterwards; empty where the holder came by a code on another screen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    relying_party = models.ForeignKey(RelyingParty, models.PROTECT, related_name="+")
    claims = ArrayField(models.CharField(max_length=40))
    return_to = models.CharField(max_length=400, blank=True)
    nonce = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    answered_at = models.DateTimeField(null=True)
    response_code_hash = models.CharField(max_length=64, blank=True)
    told_sealed = models.BinaryField(null=True)
    collected_at = models.DateTimeField(null=True)

    told = SealedJSON("told_sealed")

    def __str__(self) -> str:
        return f"presentation request {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.WAITING and self.expires_at > timezone.now()

    @property
    def needed_claims(self) -> list[str]:
        """Those asked for that the service cannot do without."""
        return [name for name in self.claims if name in self.relying_party.required_claims]
