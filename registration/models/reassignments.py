"""Cases that a supervisor moved together, and what became of each."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models import Office, Officer


class Way(models.TextChoices):
    """Where the cases were, and where they go."""

    HANDS_BACK = "hands_back", _("From officers' hands back to the queue")
    HANDS_GIVEN = "hands_given", _("From officers' hands into other hands")
    LINE_GIVEN = "line_given", _("From the queue into officers' hands")
    LINE_MOVED = "line_moved", _("From the queue to another office")


class Left(models.TextChoices):
    """Why a case stays where it is."""

    BUSY = "busy", _("somebody decides or takes it this moment")
    CHANGED = "changed", _("it has gone on meanwhile")
    APPEAL = "appeal", _("which office decides an appeal was drawn by lot")
    FRESH = "fresh", _("the first opinion on it may still be taken back")
    NO_HANDS = "no_hands", _("none of the chosen officers may have it and holds no other")


class Reassignment(models.Model):
    """One batch: confirmed once (the key is made before), taken back once, by the same person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Way)
    reason = models.CharField(max_length=200)
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["by", "made_at"], name="reassignment_of_officer")]

    def __str__(self) -> str:
        return f"reassignment {self.pk}"


class ReassignedCase(models.Model):
    """A case of a batch; one that stays is named alone (somebody else may have it locked).
    `state_since` is its own once it was moved: as long as it has not changed, nobody has touched
    the case since.
    """

    reassignment = models.ForeignKey(Reassignment, models.CASCADE, related_name="cases")
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, null=True, related_name="reassigned"
    )
    reference = models.CharField(max_length=14)
    left = models.CharField(max_length=10, blank=True, choices=Left)
    from_officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    to_officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    from_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    state_since = models.DateTimeField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reassignment", "reference"], name="a_case_once_a_reassignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} in {self.reassignment_id}"
