from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from pgvector.django import BitField

from verification.code_size import BITS
from verification.prints import BANDS
from verification.prints import BITS as PRINT_BITS


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


class SeenPicture(models.Model):
    """The print of a selfie or frame that was judged, to know it again (verification.prints).

    `subject` is the enrollment it first came with, `later` by somebody who came back to what was
    verified of it; no name, number or face is in it.
    """

    digest = models.BinaryField(max_length=32)
    subject = models.UUIDField()
    later = models.BooleanField(default=False, db_default=False)
    key_id = models.CharField(max_length=60)
    code = BitField(length=PRINT_BITS)
    bands = ArrayField(models.BigIntegerField(), size=BANDS)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="one_row_a_picture")]
        indexes = [
            models.Index(fields=["subject"], name="seen_of_subject"),
            # Without a list of what is pending: nobody's lock waits until it is worked off.
            GinIndex(fields=["bands"], name="seen_by_band", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"picture of {self.subject}"
