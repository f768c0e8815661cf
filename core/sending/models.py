from django.db import models


class Delivery(models.Model):
    """That a message was handed to its sender. Neither its text nor whom it went to."""

    key = models.UUIDField(primary_key=True)
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"delivery {self.key}"
