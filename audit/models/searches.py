"""Searches that auditors keep. A saved search is made of identifiers and choices alone: there is
no room in it for a name, a number or a sentence about somebody.
"""

import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import action_choices


class About(models.TextChoices):
    """What people who know no identifiers can look for."""

    OFFICER = "officer", _("Officer")
    OFFICE = "office", _("Registration office")
    CASE = "case", _("Case")
    SERVICE = "service", _("Service")
    PHASE = "phase", _("Phase")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, officer: models.Model) -> "SavedSearchQuerySet":
        """The own ones, and what others who read the log share; nothing for anybody else."""
        if not getattr(officer, "reads_audit", False):
            return self.none()
        return self.filter(models.Q(owner=officer.pk) | models.Q(shared=True))


class SavedSearch(models.Model):
    """`days` back from the day on which it is run."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About)
    subject_id = models.CharField(max_length=64)
    action = models.CharField(max_length=48, choices=action_choices, blank=True)
    detail = models.CharField(max_length=64, blank=True, db_default="")  # audit.narrowing
    days = models.PositiveSmallIntegerField()
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "about", "subject_id", "action", "detail", "days"],
                name="audit_saved_once",
            ),
        ]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def query(self) -> str:
        """The address of the search as of today."""
        since = timezone.localdate() - datetime.timedelta(days=self.days - 1)
        asked = {"about": self.about, "subject": self.subject_id, "action": self.action}
        asked["detail"] = self.detail
        return urlencode({name: text for name, text in asked.items() if text} | {"since": since})
