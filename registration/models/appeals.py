"""What a citizen says against a rejection, and who may have nothing more to do with it."""

from django.db import models
from django.utils import timezone

from core.encryption import SealedJSON
from offices.models import Membership, Office, Officer
from registration.models.decisions import RejectReason


class Appeal(models.Model):
    """The one appeal of an enrollment. `officers` had a hand in what it is against; they and the
    offices of `provinces` do not see it. The words are sealed, and deleted with the pictures.
    """

    enrollment = models.OneToOneField(
        "registration.Enrollment", models.CASCADE, primary_key=True, related_name="appeal"
    )
    filed_at = models.DateTimeField(default=timezone.now)
    words_sealed = models.BinaryField(null=True)
    reason = models.CharField(max_length=20, choices=RejectReason)
    from_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    provinces = models.JSONField(default=list)
    officers = models.ManyToManyField(Officer, related_name="+")

    words: SealedJSON[str | None] = SealedJSON("words_sealed")

    def __str__(self) -> str:
        return f"appeal of {self.enrollment_id}"


def barred_from(officer: Officer) -> models.QuerySet[Appeal, int]:
    """The enrollments whose appeal this officer must not see."""
    return Appeal.officers.through.objects.filter(officer_id=officer.pk).values("appeal_id")  # type: ignore[return-value]


def appeals_against_own(officer: Officer) -> models.Q:
    """The condition on enrollments that their appeal is against the office or province of this
    officer: one of them, for who has several and acts elsewhere.
    """
    mine = Membership.objects.filter(officer=officer).in_one_of(models.OuterRef("provinces"))
    appeals = Appeal.objects.filter(models.Exists(mine), pk=models.OuterRef("pk"))
    return models.Q(models.Exists(appeals))
