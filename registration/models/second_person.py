"""What one person asks for and another agrees to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from offices.models import Officer
from offices.scoping import within_reach
from registration.models.appeals import barred_from


class GuardedAct(models.TextChoices):
    """Acts through which one person could become another."""

    REISSUE = "reissue", _("Issue anew")
    REOPEN = "reopen", _("Open again")


class Answer(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class RequestQuerySet(models.QuerySet["SecondPersonRequest"]):
    def open_for(self, officer: Officer) -> "RequestQuerySet":
        """Those this officer can see and may answer: of another person, of another role."""
        others = self.filter(answer="").exclude(asked_by=officer).exclude(asked_role=officer.role)
        others = others.exclude(enrollment__in=barred_from(officer))
        return others.filter(within_reach(officer, "enrollment__office"))


class SecondPersonRequest(models.Model):
    """Asked by one officer, answered by another of another role; nothing happens in between."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="second_person_requests"
    )
    act = models.CharField(max_length=10, choices=GuardedAct)
    reason = models.CharField(max_length=20, blank=True)
    message = models.TextField(max_length=500, blank=True)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, blank=True, choices=Answer)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "act"],
                condition=models.Q(answer=""),
                name="one_open_request_an_act",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.enrollment_id}"
