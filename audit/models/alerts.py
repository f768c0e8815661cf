"""When access was unusual: the history of what the page of hints shows at this moment only."""

from django.db import models


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, officer: models.Model | object) -> "AlertQuerySet":
        return self if getattr(officer, "reads_audit", False) else self.none()

    def open(self) -> "AlertQuerySet":
        return self.filter(over_at=None)


class Alert(models.Model):
    """A hint (audit.hints) from when it was first seen until it no longer held.

    `kind` is an audit.hints.Kind; `count` the most openings that were seen at once.
    """

    kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    office = models.CharField(max_length=4)
    subject_id = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "actor_id", "office", "subject_id"],
                condition=models.Q(over_at=None),
                name="audit_alert_once",
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}: {self.kind}"
