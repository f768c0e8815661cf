import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.choice_words import word_of
from core.encryption import SealedJSON
from identity.person import Person
from offices.models import Office, Officer
from offices.scoping import within_reach
from registration.models.appeals import appeals_against_own, barred_from
from registration.models.decisions import RejectReason, RetakeReason
from registration.states import CLOSED, GAVE_UP, MOVES, OPEN, WAITING, WITH_OFFICERS, State
from verification.reading import Reading

if TYPE_CHECKING:
    from registration.models.evidence import Finding

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Twelve letters in three groups: easy to read out, 59 bits that nobody guesses."""
    return _grouped("".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(12)))


def as_reference(typed: str) -> str:
    """A reference as it is kept, however it was typed: in small letters, without or with other
    hyphens and spaces.
    """
    return _grouped(re.sub(r"[^0-9A-Z]", "", typed.upper()))


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def new_nonce() -> str:
    """What a device has to sign next: each serves once."""
    return secrets.token_urlsafe(32)


def enrollment_end() -> datetime:
    return timezone.now() + settings.ENROLLMENT_OPEN_FOR


class Channel(models.TextChoices):
    SELF = "self", _("Web")
    APP = "app", _("App")
    OFFICE = "office", _("Registration office")


class FormerProof(models.TextChoices):
    DEVICE = "device"
    PASSWORD = "password"  # noqa: S105 - the kind of proof


class Risk(models.IntegerChoices):
    """How much speaks for an attack, as the findings have it."""

    LOW = 0, _("Low")
    MEDIUM = 1, _("Medium")
    HIGH = 2, _("High")


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def visible_to(self, officer: Officer) -> "EnrollmentQuerySet":
        """Those within reach but the appeals against what this officer, or one of the officer's
        offices, had a hand in.
        """
        barred = models.Q(pk__in=barred_from(officer)) | appeals_against_own(officer)
        return self.filter(within_reach(officer)).exclude(barred)

    def waiting(self) -> "EnrollmentQuerySet":
        return self.filter(state__in=WAITING)


class Enrollment(models.Model):
    """One citizen's way to a digital ID. Only `registration.services.moves.move` sets `state`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=14, unique=True, default=new_reference)
    token_hash = models.BinaryField(max_length=32, null=True)
    # Opened by reference and number alone: it shows where the case stands, nothing that was given.
    token_limited = models.BooleanField(default=False, db_default=False)
    # The key of the device that took the selfie; the rest of the way is accepted from it alone.
    device_key = models.JSONField(null=True)
    proof_nonce = models.CharField(max_length=43, default=new_nonce)
    state = models.CharField(max_length=20, choices=State, default=State.STARTED)
    state_since = models.DateTimeField(default=timezone.now)
    # Since when the citizen has waited for officers: from hand to hand it goes on.
    waiting_since = models.DateTimeField(default=timezone.now, db_default=Now())
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.SELF)
    language = models.CharField(max_length=2, default="th")
    renewal = models.BooleanField(default=False, db_default=False)
    # By what whoever renews proved to be the former holder, and of which number.
    former_proof = models.CharField(max_length=10, blank=True, db_default="", choices=FormerProof)
    former_number_key = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Whose share it is of what may stand begun (core.origin); empty once the number is known.
    origin = models.CharField(max_length=32, blank=True, db_default="", editable=False)
    open_until = models.DateTimeField(default=enrollment_end)
    terms_version = models.CharField(max_length=20, blank=True)

    number_key = models.UUIDField(null=True, db_index=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True)
    reading_sealed = models.BinaryField(null=True)
    confirmed_sealed = models.BinaryField(null=True)
    card_problem = models.CharField(max_length=40, blank=True)
    card_photos = models.PositiveSmallIntegerField(default=0, db_default=0)

    selfie_attempts = models.PositiveSmallIntegerField(default=0)
    challenge_draws = models.PositiveSmallIntegerField(default=0, db_default=0)
    retake_reason = models.CharField(max_length=20, blank=True, choices=RetakeReason)
    reject_reason = models.CharField(max_length=20, blank=True, choices=RejectReason)
    risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.LOW)
    held_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="cases")
    held_until = models.DateTimeField(null=True)
    held_seen_at = models.DateTimeField(
        null=True
    )  # when the holder's page last gave a sign of life
    password = models.CharField(max_length=200, blank=True)
    password_tries = models.PositiveSmallIntegerField(default=0)
    digital_id = models.UUIDField(null=True)
    # What is kept for a time after the end is gone since then; a further move keeps anew.
    pictures_deleted_at = models.DateTimeField(null=True, editable=False)
    faces_deleted_at = models.DateTimeField(null=True, editable=False)

    reading: SealedJSON[Reading | None] = SealedJSON("reading_sealed", of=Reading)
    confirmed: SealedJSON[Person | None] = SealedJSON("confirmed_sealed", of=Person)
    objects = EnrollmentQuerySet.as_manager()

    # What lists of them add to each (services.review_queue, services.review_history,
    # explanations).
    doubts: "Sequence[Finding]"
    within_reach: bool
    has_selfie: bool

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="enrollment_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "state", "waiting_since"],
                name="enrollment_queue",
                condition=models.Q(
                    state__in=[State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW]
                ),
            ),
            models.Index(fields=["created_at"], name="enrollment_by_day"),
            models.Index(
                fields=["origin", "created_at"],
                name="enrollment_begun",
                condition=~models.Q(origin=""),
            ),
            models.Index(
                fields=["open_until"],
                name="enrollment_end",
                condition=models.Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["state", "state_since"],
                name="enrollment_with_pictures",
                condition=models.Q(state__in=sorted(CLOSED), pictures_deleted_at=None),
            ),
            models.Index(
                fields=["state_since"],
                name="enrollment_with_face",
                condition=models.Q(state__in=sorted(GAVE_UP), faces_deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"enrollment {self.reference}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django's, quicker
        return word_of(State, self.state)

    def get_channel_display(self) -> str:  # type: ignore[no-redef]
        return word_of(Channel, self.channel)

    def get_risk_display(self) -> str:  # type: ignore[no-redef]
        return word_of(Risk, self.risk)

    def can(self, move: str) -> bool:
        return self.state in MOVES[move].sources

    @property
    def is_late(self) -> bool:
        """It has waited for an officer longer than the service promises."""
        late = timezone.now() - self.waiting_since > settings.CASE_ANSWERED_WITHIN
        return self.state in WITH_OFFICERS and late

    @property
    def since(self) -> datetime:
        """Since when it is so for the citizen: waiting does not begin anew in other hands."""
        return self.waiting_since if self.state in WITH_OFFICERS else self.state_since

    @property
    def appealed(self) -> bool:
        """Whether there is an appeal, decided or not; a query, unless it was selected with it."""
        return hasattr(self, "appeal")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
