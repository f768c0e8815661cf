"""What one person asks for and another answers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from audit.value_words import word_of_value
from offices.models.officers import Office, Officer


class Answer(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not answered in time")


class Proposal(models.Model):
    """A change of a lever (offices.levers): one administrator asks for it, another answers.

    `old` and `new` are the values of the fields it changes; `people` is how many it touches;
    `office` is whose people it is about, where those who are no administrators may see it;
    `why_not` is the reason of whoever declined or withdrew it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lever = models.CharField(max_length=20)
    subject = models.CharField(max_length=64, blank=True)
    old = models.JSONField()
    new = models.JSONField()
    people = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, blank=True, choices=Answer)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("proposed change")
        constraints = [
            models.UniqueConstraint(
                fields=["lever", "subject"],
                condition=models.Q(answer="") & ~models.Q(subject=""),
                name="one_open_proposal_a_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="agreed") | ~models.Q(answered_by=models.F("asked_by")),
                name="proposal_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(word_of_value("lever", self.lever) or self.lever)
