"""An address left by somebody who could not register yet. It is deleted once it has been used."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from identity.models import ContactChannel


class WaitingPerson(models.Model):
    """Nobody known: an address, sealed, and the key by which the same one is not kept twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_key = models.UUIDField(unique=True)
    channel = models.CharField(max_length=5, choices=ContactChannel)
    address_sealed = models.BinaryField()
    language = models.CharField(max_length=2)
    province = models.CharField(max_length=2, blank=True)
    since = models.DateTimeField(default=timezone.now, db_index=True)

    address = SealedJSON("address_sealed")

    def __str__(self) -> str:
        return f"waiting {self.pk}"
