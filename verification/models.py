from django.db import models
from django.utils import timezone
from pgvector.django import BitField

from verification.faces.codes import BITS


class FaceTemplate(models.Model):
    """The face of one submission, kept to find it again under another number.

    `owner` is the keyed hash of the number. `code` holds the signs of the vector, rotated by the
    key `key_id`, which find candidates; the vector itself is sealed. Django sees a plain primary
    key; the table, partitioned on `owner`, is made in the first migration.
    """

    subject = models.UUIDField(primary_key=True)
    owner = models.UUIDField()
    model = models.CharField(max_length=60)
    key_id = models.CharField(max_length=60)
    code = BitField(length=BITS)
    vector_sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="face_by_time")]

    def __str__(self) -> str:
        return f"face of {self.subject}"
