"""What an office says of itself before its province is opened: nothing in the figures tells it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from offices.models import Office


class Matter(models.TextChoices):
    TRAINING = "training", _("Training")
    DEVICES = "devices", _("Devices and line")

    @property
    def means(self) -> StrOrPromise:
        """What an office says when it says that it is ready in this matter."""
        return MEANS[self]


MEANS = {
    Matter.TRAINING: _("Everybody who decides cases here has been through the training."),
    Matter.DEVICES: _("Each place of work has a device that opens this portal, and a line."),
}


class Preparation(models.Model):
    """That an office is ready in this matter, and since when it says so; no row: it is not, yet."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="preparations")
    matter = models.CharField(max_length=10, choices=Matter)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "matter"], name="office_says_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter} of office {self.office_id}"
