from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class Delivery(models.Model):
    """That a message was handed to its sender. Neither its text nor whom it went to."""

    key = models.UUIDField(primary_key=True)
    noted_at = models.DateTimeField(default=timezone.now, db_default=Now(), db_index=True)
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"delivery {self.key}"
