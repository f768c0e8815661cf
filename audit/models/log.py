"""The log and its tree. Tables here only grow; the migrations make the database insist on it."""

import datetime
from collections.abc import Sequence

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy as _

from audit.actions import Action, action_choices

EPOCH = datetime.datetime.fromtimestamp(0, tz=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
MILLISECOND = datetime.timedelta(milliseconds=1)


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, officer: object) -> "EntryQuerySet":
        """Everything for those whose role reads the log, nothing for anyone else."""
        return self if getattr(officer, "reads_audit", False) else self.none()

    def before(self, place: str) -> "EntryQuerySet":
        """Those older than `place` (Entry.place), for the next page; ValueError if it is none."""
        at, _, number = place.partition("_")
        instant = EPOCH + int(at) * MICROSECOND
        return self.filter(at__lte=instant).exclude(at=instant, id__gte=int(number))

    def about(self, subject: models.Model) -> "EntryQuerySet":
        label = subject._meta.label_lower
        names = [label, *(old for old, new in settings.MODELS_MOVED.items() if new == label)]
        return self.filter(subject_type__in=names, subject_id=str(subject.pk))

    def without_first_values(self) -> "EntryQuerySet":
        """Without what a portal notes of each setting and key when it starts for the first time."""
        noted = models.Q(action__in=(Action.SETTING_CHANGED, Action.KEY_ROTATED))
        return self.exclude(noted & ~models.Q(details__has_key="previous"))

    def elsewhere(self) -> "EntryQuerySet":
        """Those about a case of another office than the actor's; provinces, for the provincial."""
        theirs = self.exclude(office="").annotate(case_office=KT("details__subject_office"))
        theirs = theirs.exclude(case_office=models.F("office")).exclude(case_office="")
        same_province = models.Q(
            role="provincial", case_office__startswith=Left(models.F("office"), 2)
        )
        return theirs.filter(case_office__isnull=False).exclude(same_province)

    def telling(self, keys: Sequence[str], values: Sequence[str]) -> "EntryQuerySet":
        """Those whose first of these details that they have is one of the values."""
        first, *others = (KT(f"details__{key}") for key in keys)
        told = Coalesce(first, *others) if others else first
        return self.alias(told=told).filter(told__in=values)

    def of_renewals(self) -> "EntryQuerySet":
        return self.filter(details__has_key="renewal")

    def without_renewals(self) -> "EntryQuerySet":
        return self.exclude(details__has_key="renewal")

    def at_night(self) -> "EntryQuerySet":
        """Those of the hours, in Bangkok, that settings.AUDIT_HINTS call the night."""
        limits = settings.AUDIT_HINTS
        late = models.Q(at__hour__gte=limits["night_from"])
        return self.filter(late | models.Q(at__hour__lt=limits["night_until"]))

    def of_subject(self, subject_type: str, subject_id: object) -> "EntryQuerySet":
        return self.filter(subject_type=subject_type, subject_id=str(subject_id))


class ActorKind(models.TextChoices):
    CITIZEN = "citizen", _("Citizen")
    OFFICER = "officer", _("Officer")
    SYSTEM = "system", _("System")
    ANONYMOUS = "anonymous", _("Somebody not known")


class Entry(models.Model):
    """One thing that happened. Written by `audit.services.record` and never again.

    `id` tells entries apart; it is not their order. The order is that of the tree.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("time"))
    action = models.CharField(_("action"), max_length=48, choices=action_choices)
    actor_kind = models.CharField(_("kind of actor"), max_length=12, choices=ActorKind)
    actor_id = models.CharField(_("actor"), max_length=64)
    role = models.CharField(_("role"), max_length=20)
    office = models.CharField(_("office"), max_length=4)
    subject_type = models.CharField(_("kind of subject"), max_length=64)
    subject_id = models.CharField(_("subject"), max_length=64)
    reason = models.CharField(_("reason"), max_length=200)
    request_id = models.CharField(_("request"), max_length=64)
    address_class = models.CharField(_("kind of address"), max_length=32)
    details = models.JSONField(_("details"), default=dict)
    mac = models.BinaryField(max_length=16)
    transaction_id = models.BigIntegerField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["transaction_id", "id"], name="audit_entry_sequence"),
            models.Index(fields=["at", "id"], name="audit_entry_at"),
            models.Index(fields=["action", "at"], name="audit_entry_action"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_actor"),
            models.Index(fields=["subject_id", "at"], name="audit_entry_subject"),
            models.Index(fields=["office", "at"], name="audit_entry_office"),
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"

    @property
    def place(self) -> str:
        """Where the entry stands in a list by time, as text for a link."""
        return f"{(self.at - EPOCH) // MICROSECOND}_{self.pk}"

    @property
    def subject_name(self) -> str:
        """What kind of thing it was about, in words where the model is still there."""
        try:
            now = settings.MODELS_MOVED.get(self.subject_type, self.subject_type)
            return str(apps.get_model(now)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.subject_type

    @property
    def role_name(self) -> str:
        roles = dict(get_user_model()._meta.get_field("role").flatchoices)
        return str(roles.get(self.role, self.role))


class Tile(models.Model):
    """256 neighbouring hashes, 32 bytes each: leaves on level 0, above it the roots of full tiles.

    The last tile of each level may hold fewer and is grown in place. On level 0, `entry_ids` names
    the entry of each leaf, and (`first_transaction`, `first_entry`) is the place of the first.
    """

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()
    entry_ids = ArrayField(models.BigIntegerField(), default=list)
    first_transaction = models.BigIntegerField(null=True)
    first_entry = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["first_transaction", "first_entry"], name="audit_tile_order"),
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"


class Cursor(models.Model):
    """How far the sequencer came in one database cluster; each numbers its own transactions.

    The latest row counts. More than one row says that the log moved to another cluster (`audit
    adopt`): leaves from `first_leaf` on were sequenced there; entries up to `floor_entry` came
    along.
    """

    cluster = models.BigIntegerField()
    first_leaf = models.BigIntegerField(default=0)
    floor_entry = models.BigIntegerField(default=0)
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"cluster {self.cluster}, transaction {self.transaction}, entry {self.entry}"


class Head(models.Model):
    """A signed tree head: what the portal has committed itself to."""

    tree_size = models.BigIntegerField(db_index=True)
    timestamp = models.BigIntegerField(help_text="Milliseconds since 1970.")
    root_hash = models.BinaryField(max_length=32)
    log_id = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"head of {self.tree_size}"


class Receipt(models.Model):
    """That a witness outside this database has a head."""

    head = models.ForeignKey(Head, models.PROTECT)
    witness = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "head"], name="audit_receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.witness} has {self.head_id}"


class MonthArchive(models.Model):
    """A month whose entries were exported and may leave, or have left, the database.

    `leaves` are the half-open ranges of its leaf indexes, flattened: first, end, first, end.
    """

    month = models.DateField(primary_key=True)
    entries = models.BigIntegerField()
    leaves = ArrayField(models.BigIntegerField())
    tree_size = models.BigIntegerField()
    export_digest = models.BinaryField(max_length=32)
    log_id = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    archived_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"seal of {self.month:%Y-%m}"
