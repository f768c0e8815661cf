import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class Ending(models.TextChoices):
    """How the machine's checks of one selfie ended."""

    PASSED = "passed", pgettext_lazy("checks", "Passed")
    AGAIN = "again", pgettext_lazy("checks", "Asked again")
    OFFICER = "officer", pgettext_lazy("checks", "To an officer")
    DRAWN = "drawn", pgettext_lazy("checks", "Drawn for an officer")


def bangkok_day() -> datetime.date:
    return timezone.localdate()


class GroupOutcome(models.Model):
    """How checks ended for somebody of a group, until it is counted. Nothing that tells who: each
    group of one check is a row of its own, and a row says no more of when than the day.
    """

    day = models.DateField(default=bangkok_day)
    group = models.CharField(max_length=20)
    ending = models.CharField(max_length=10, choices=Ending)

    def __str__(self) -> str:
        return f"{self.group}: {self.ending}"
