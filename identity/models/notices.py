"""What a holder is told, and where.

Both tables are hash-partitioned on the number's key, as the digital IDs are (docs/decisions/0009).
"""

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON


class ContactChannel(models.TextChoices):
    EMAIL = "email"
    SMS = "sms"


class HolderContact(models.Model):
    """Where the holder of a digital ID wants to hear: one address, sealed."""

    digital_id = models.OneToOneField(
        "identity.DigitalID",
        models.CASCADE,
        primary_key=True,
        related_name="contact",
        db_constraint=False,
    )
    number_key = models.UUIDField()
    channel = models.CharField(max_length=5, choices=ContactChannel)
    address_sealed = models.BinaryField()
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField(default=timezone.now)

    address: SealedJSON[str] = SealedJSON("address_sealed")

    def __str__(self) -> str:
        return f"{self.channel} of {self.digital_id_id}"


class NoticeKind(models.TextChoices):
    """What holders are told. The codes are stored, so they never change."""

    ISSUED = "issued"
    RENEWED = "renewed"
    REPLACED = "replaced"
    RENEWAL_BEGUN = "renewal_begun"
    REPLACEMENT_BEGUN = "replacement_begun"
    REPLACEMENT_STOPPED = "replacement_stopped"
    DEVICE_ADDED = "device_added"
    DEVICE_REMOVED = "device_removed"
    WALLET_ADDED = "wallet_added"
    WALLET_REMOVED = "wallet_removed"
    SUSPENDED = "suspended"
    SUSPENDED_BY_PHONE = "suspended_by_phone"
    RESUMED = "resumed"
    RESUME_FAILED = "resume_failed"
    REVOKED = "revoked"
    UPDATED = "updated"
    UNLOCKS_FAILED = "unlocks_failed"
    FIRST_SIGN_IN = "first_sign_in"
    FIRST_SHOWING = "first_showing"
    CONTACT_CHANGED = "contact_changed"
    END_ASKED = "end_asked"
    END_TAKEN_BACK = "end_taken_back"
    DATA_COPIED = "data_copied"
    ANSWERED = "answered"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the kind of a notice
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PIN_SET = "pin_set"
    PIN_REMOVED = "pin_removed"
    PIN_ENDED = "pin_ended"


def notice_kinds() -> list[tuple[str, str]]:
    """For the model's field: a callable, so that a new kind needs no migration."""
    return NoticeKind.choices


class NoticeOutcome(models.TextChoices):
    """What became of the message; the inbox has the notice in any case."""

    WAITING = "waiting"
    INBOX_ONLY = "inbox_only"
    SENT = "sent"
    NOT_SENT = "not_sent"
    GIVEN_UP = "given_up"


class HolderNotice(models.Model):
    """One thing the holder of a digital ID is told.

    `details` name devices, services and reasons, never a person. `once` is what a notice of its
    kind is written about at most once: a service, an enrollment. `recipients` are the addresses of
    the moment it happened, sealed, and forgotten as soon as the message is out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number_key = models.UUIDField()
    digital_id = models.ForeignKey(
        "identity.DigitalID", models.CASCADE, related_name="notices", db_constraint=False
    )
    kind = models.CharField(max_length=20, choices=notice_kinds)
    details = models.JSONField(default=dict)
    once = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    recipients_sealed = models.BinaryField(null=True)
    outcome = models.CharField(
        max_length=10, choices=NoticeOutcome, default=NoticeOutcome.INBOX_ONLY
    )
    done_at = models.DateTimeField(null=True)

    recipients: SealedJSON[Sequence[Sequence[str]] | None] = SealedJSON("recipients_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "kind", "once"],
                condition=models.Q(once__isnull=False),
                name="one_holder_notice_of_a_thing",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="holder_notice_by_id")]

    def __str__(self) -> str:
        return f"notice {self.pk}"
