"""The register as received, hash-partitioned on the number's key.

Django sees a plain primary key; the partitioned table was made in identity's first migration
(docs/decisions/0009-partitioned-on-the-number.md).
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import SealedJSON
from identity.person import Person, RegisterStatus

REGISTER = "population_record"
PARTITIONS = 16
KIND = "identity.populationrecord.person_sealed"  # what rows are sealed for: it never changes


class PopulationRecord(models.Model):
    """One person of the register. `person` holds number, names (Thai, English), birth date.

    `row_digest` is a keyed hash of all that the register's file said, so that the next file's
    differences are found without opening anything.
    """

    number_key = models.UUIDField(primary_key=True)
    person_sealed = models.BinaryField()
    laser_key = models.UUIDField(null=True)
    office_code = models.CharField(max_length=4)
    status = models.CharField(max_length=10, choices=RegisterStatus, default=RegisterStatus.ALIVE)
    birth_year = models.SmallIntegerField()
    updated_at = models.DateTimeField(default=timezone.now)
    row_digest = models.BigIntegerField(null=True)

    person = SealedJSON("person_sealed", of=Person, kind=KIND)

    class Meta:
        db_table = REGISTER
        verbose_name = _("person in the register")
        verbose_name_plural = _("population register")

    def __str__(self) -> str:
        return f"register {self.number_key}"
