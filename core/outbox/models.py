from django.db import models
from django.utils import timezone


class JobState(models.TextChoices):
    READY = "ready"
    CLAIMED = "claimed"
    DONE = "done"
    PARKED = "parked"
    DROPPED = "dropped"  # a newer one asks for the same


class Job(models.Model):
    """One piece of work, written in the transaction that asks for it. The queue only hints."""

    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    # Whose share of the queue it takes (core.origin); empty where no request asked for it.
    origin = models.CharField(max_length=32, blank=True, db_default="")
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
            models.Index(
                fields=["origin", "not_before"],
                name="job_share",
                condition=models.Q(state__in=[JobState.READY, JobState.CLAIMED])
                & ~models.Q(origin=""),
            ),
            models.Index(
                fields=["finished_at"],
                name="job_finished",
                condition=models.Q(finished_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"
