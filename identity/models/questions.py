"""What citizens ask about an access to their data, and what in the data they want corrected."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from offices.models import Officer


class AccessQuestionQuerySet(models.QuerySet["AccessQuestion"]):
    def visible_to(self, officer: Officer) -> "AccessQuestionQuerySet":
        """All for those who read the log, nothing for anyone else."""
        return self if officer.reads_audit else self.none()


class AccessQuestion(models.Model):
    """A question about one entry of the audit log, or without one a request to correct the data;
    and its answer. The words are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digital_id = models.ForeignKey(
        "identity.DigitalID", models.CASCADE, related_name="questions", db_constraint=False
    )
    entry_id = models.BigIntegerField(null=True)
    question_sealed = models.BinaryField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer_sealed = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    question: SealedJSON[str] = SealedJSON("question_sealed")
    answer: SealedJSON[str | None] = SealedJSON("answer_sealed")
    objects = AccessQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about an access")
        verbose_name_plural = _("questions about accesses")
        constraints = [
            models.UniqueConstraint(
                fields=["digital_id", "entry_id"], name="one_question_an_entry"
            ),
            models.UniqueConstraint(
                fields=["digital_id"],
                condition=models.Q(entry_id=None, answered_at=None),
                name="one_open_correction",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, answer_sealed=None)
                | models.Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    answer_sealed__isnull=False,
                ),
                name="an_answer_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["answered_at", "asked_at"], name="question_open_first")]

    def __str__(self) -> str:
        return f"question {self.pk}"
