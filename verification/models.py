from django.db import models
from django.utils import timezone
from pgvector.django import BitField

CODE_BITS = 512


class FaceTemplate(models.Model):
    """The face of one submission, kept to find it again under another number.

    `owner` is the keyed hash of the number. `code` holds the signs of the rotated vector, which
    find candidates; the vector itself is sealed. Django sees a plain primary key; the table,
    partitioned on `owner`, is made in the first migration.
    """

    subject = models.UUIDField(primary_key=True)
    owner = models.UUIDField()
    model = models.CharField(max_length=60)
    code = BitField(length=CODE_BITS)
    vector_sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"face of {self.subject}"
