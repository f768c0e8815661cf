"""Offers to put the credential into another wallet, and the credentials that were."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from identity.models import DigitalID, DigitalIDStatus


class OfDigitalID(models.Model):
    """A row that belongs to one digital ID, which the number's key finds in its partition."""

    number_key = models.UUIDField()
    digital_id_key = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    def digital_id(self) -> DigitalID | None:
        """The digital ID while it is in force, else None."""
        found = DigitalID.objects.filter(number_key=self.number_key, pk=self.digital_id_key).first()
        in_force = found is not None and found.effective_status == DigitalIDStatus.ACTIVE
        return found if in_force else None


class WalletOffer(OfDigitalID):
    """A pre-authorized code with its PIN, then the token it gave; all kept as hashes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique where it is there
    token_expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"wallet offer {self.pk}"


class WalletCredential(OfDigitalID):
    """A credential some wallet holds. Its number is its place in the wallets' status lists."""

    id = models.BigAutoField(primary_key=True)
    device_key = models.UUIDField(db_index=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"wallet credential {self.pk}"
