"""What has to outlive a wiped cache. Keys are keyed hashes: a row names nobody."""

from django.db import models
from django.utils import timezone


class Once(models.Model):
    """Something that was used up, or a link (to `subject`) that can be used up."""

    key = models.UUIDField(primary_key=True)
    subject = models.UUIDField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"once {self.key}"


class Tries(models.Model):
    """How often a secret was guessed at one door for one account: by one origin, or by all origins
    that were never let in.
    """

    account = models.UUIDField()
    origin = models.UUIDField()
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now, db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "origin"], name="one_count_an_origin")
        ]

    def __str__(self) -> str:
        return f"{self.tries} tries"
