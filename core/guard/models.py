"""What has to outlive a wiped cache. Keys are keyed hashes: a row names nobody."""

from django.db import models


class Once(models.Model):
    """Something that was used up, or a link (to `subject`) that can be used up."""

    key = models.UUIDField(primary_key=True)
    subject = models.UUIDField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"once {self.key}"
