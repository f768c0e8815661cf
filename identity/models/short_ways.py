"""What opens the digital ID on one device beside its password.

Found by the device alone, so neither is partitioned; a row that ends is deleted.
"""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7


class Passkey(models.Model):
    """A key that the device uses for its holder's fingerprint or face (WebAuthn).

    `credential` is the attested credential data: who made it, its id, its public key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    device = models.OneToOneField(
        "identity.Device", models.CASCADE, related_name="passkey", db_constraint=False
    )
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class Pin(models.Model):
    """Six digits, as a hash; `tries` are the wrong ones in a row."""

    device = models.OneToOneField(
        "identity.Device",
        models.CASCADE,
        primary_key=True,
        related_name="pin",
        db_constraint=False,
    )
    hashed = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"PIN of {self.device_id}"
