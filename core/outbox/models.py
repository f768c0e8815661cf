from django.db import models
from django.utils import timezone


class JobState(models.TextChoices):
    READY = "ready"
    CLAIMED = "claimed"
    DONE = "done"
    PARKED = "parked"


class Job(models.Model):
    """One piece of work, written in the transaction that asks for it. The queue only hints."""

    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.READY)
    stage = models.CharField(max_length=40, blank=True)
    deliveries = models.PositiveSmallIntegerField(default=0)
    waits = models.PositiveSmallIntegerField(default=0, db_default=0)  # for an outage to end
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                name="job_unfinished",
                condition=models.Q(state__in=[JobState.READY, JobState.CLAIMED]),
            ),
            models.Index(fields=["subject", "kind"], name="job_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"

    def report(self, stage: str) -> None:
        """Say how far the work has come; the citizen's page shows it."""
        type(self).objects.filter(pk=self.pk, claim=self.claim).update(stage=stage)
