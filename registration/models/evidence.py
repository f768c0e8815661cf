from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.choice_words import word_of
from verification.findings import Check, Outcome


class EvidenceKind(models.TextChoices):
    CARD_FRONT = "card_front", _("Front of the card")
    CARD_BACK = "card_back", _("Back of the card")
    CARD_STRAIGHT = "card_straight", _("Front of the card, straightened")
    PORTRAIT = "portrait", _("Portrait on the card")
    SELFIE = "selfie", _("Selfie")
    HOLDER_PHOTO = "holder_photo", _("Photo for the digital ID")
    FRAMES = "frames", _("Pictures of the head turns")
    RETURN_SELFIE = "return_selfie", _("Selfie of coming back")
    RETURN_FRAMES = "return_frames", _("Head turns of coming back")
    RESUME_SELFIE = "resume_selfie", _("Selfie of putting in force again")
    RESUME_FRAMES = "resume_frames", _("Head turns of putting in force again")


class Evidence(models.Model):
    """A picture handed in or cut out of one; `name` is where its ciphertext lies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="evidence"
    )
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    name = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # a photo of a card
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "kind"],
                condition=models.Q(replaced_at=None),
                name="one_current_picture_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.enrollment_id}"


class Finding(models.Model):
    """What one check of one attempt found, kept as it was judged."""

    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="findings"
    )
    attempt = models.PositiveSmallIntegerField()
    check_name = models.CharField(max_length=30, choices=Check)
    outcome = models.CharField(max_length=10, choices=Outcome)
    score = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "attempt", "check_name"], name="one_finding_a_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.outcome}"

    def get_check_name_display(self) -> str:  # type: ignore[no-redef]  # Django's, quicker
        return word_of(Check, self.check_name)

    def get_outcome_display(self) -> str:  # type: ignore[no-redef]
        return word_of(Outcome, self.outcome)
