"""The register as received and the digital IDs issued. Both are hash-partitioned on the number's
key.

Django sees plain primary keys; the partitioned tables with the key in every constraint are made in
the first migration (docs/decisions/0009-partitioned-on-the-number.md).
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from identity.person import Person


class DigitalIDStatus(models.TextChoices):
    ACTIVE = "active", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


LIVE = (DigitalIDStatus.ACTIVE, DigitalIDStatus.SUSPENDED)


STATUS_INDEXES = "identity_status_index"  # a sequence of the database
NEXT_PLACE = models.Func(models.Value(STATUS_INDEXES), function="nextval")


class DigitalID(models.Model):
    """An issued digital ID. `holder` is what its face shows; `portrait` names a sealed picture."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number_key = models.UUIDField()
    status = models.CharField(
        max_length=10, choices=DigitalIDStatus, default=DigitalIDStatus.ACTIVE
    )
    holder_sealed = models.BinaryField()
    portrait = models.CharField(max_length=200, blank=True)
    assurance = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    office_code = models.CharField(max_length=4)
    enrollment_id = models.UUIDField(null=True)
    password = models.CharField(max_length=200)
    # When it was last changed: what was unlocked before is locked since.
    password_since = models.DateTimeField(null=True, editable=False)
    # When the holder locked it everywhere but in the browser that did so (identity.sessions).
    others_locked_at = models.DateTimeField(null=True, editable=False)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(null=True)
    # Why it was suspended, revoked or put in force again last: an identity.life.LifeReason.
    status_reason = models.CharField(max_length=20, db_default="", editable=False)
    # By which enrollment it is to be replaced, and when at the earliest; nobody proved to hold it.
    replacing_by = models.UUIDField(null=True, editable=False)
    replacing_due = models.DateTimeField(null=True, editable=False)
    # When its holder wants it to end, unless they keep it after all.
    ending_at = models.DateTimeField(null=True, editable=False)
    # When the register last changed what `holder` says; what was issued before shows it no more.
    holder_since = models.DateTimeField(null=True, editable=False)
    # The place in the status list; the database hands them out, also to rows copied in.
    status_index = models.BigIntegerField(db_default=NEXT_PLACE, editable=False)

    holder: SealedJSON[Person] = SealedJSON("holder_sealed", of=Person)

    class Meta:
        verbose_name = _("digital ID")
        verbose_name_plural = _("digital IDs")
        constraints = [
            models.UniqueConstraint(
                fields=["number_key"],
                condition=models.Q(status__in=LIVE),
                name="one_live_digital_id_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="digital_id_by_id"),
            models.Index(fields=["issued_at"], name="digital_id_by_day"),
            models.Index(fields=["expires_on"], name="digital_id_by_end"),
            models.Index(
                fields=["ending_at"],
                name="digital_id_to_end",
                condition=models.Q(ending_at__isnull=False, status__in=sorted(LIVE)),
            ),
        ]

    def __str__(self) -> str:
        return f"digital ID {self.pk}"

    @property
    def effective_status(self) -> str:
        """The status today: one that has run out is expired, whatever the column still says."""
        ran_out = self.expires_on is not None and self.expires_on < timezone.localdate()
        return DigitalIDStatus.EXPIRED if ran_out and self.status in LIVE else self.status

    @property
    def effective_status_name(self) -> str:
        return str(DigitalIDStatus(self.effective_status).label)

    @property
    def ends_as_asked(self) -> bool:
        """Its holder has asked for the end, and can still keep it."""
        return self.ending_at is not None and self.status in LIVE

    @property
    def ends_soon(self) -> bool:
        """It has run out, or will so soon that it should be renewed."""
        last = self.expires_on
        return last is not None and last <= timezone.localdate() + settings.RENEW_WITHIN


class FormerPlace(models.Model):
    """A place in the status lists that a digital ID had while it said something else: revoked."""

    pk = models.CompositePrimaryKey("number_key", "status_index")
    number_key = models.UUIDField()
    status_index = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"former place {self.status_index}"


class Device(models.Model):
    """A phone or browser that holds the private key a digital ID is shown with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number_key = models.UUIDField()
    digital_id = models.ForeignKey(
        DigitalID, models.CASCADE, related_name="devices", db_constraint=False
    )
    public_key = models.JSONField()
    name = models.CharField(max_length=60)
    bound_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    # Its own place in the status lists, among those of the digital IDs.
    status_index = models.BigIntegerField(db_default=NEXT_PLACE, editable=False)

    def __str__(self) -> str:
        return f"device {self.pk}"
