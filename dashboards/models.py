"""What the pages of figures read: sums by day and area. Never a person."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from offices.models import Officer

COUNTRY = ""


class Counter(models.Model):
    """How often one thing happened on one Bangkok day in one area.

    `area` is "" for the country, two digits for a province, four for an office. `loaded` are sums
    carried over from before the log of this portal began; a recount leaves them alone.
    """

    figure = models.CharField(max_length=20)
    area = models.CharField(max_length=4)
    day = models.DateField()
    label = models.CharField(max_length=60)
    loaded = models.BooleanField(default=False)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "area", "day", "label", "loaded"],
                include=["count"],  # the pages read the index alone
                name="one_counter_a_cell",
            ),
        ]
        indexes = [models.Index(fields=["figure", "day"], name="counter_by_day")]

    def __str__(self) -> str:
        return f"{self.figure} {self.label} in {self.area or 'all'} on {self.day}: {self.count}"


class Arrival(models.Model):
    """That somebody opened the portal, until it is counted. Nothing that tells who."""

    at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"arrival with {self.device}"


class Checkpoint(models.Model):
    """Which entries of the log are in the counters: those that `snapshot` sees.

    `cluster` tells that the log was moved to a database that numbers its transactions anew;
    entries up to `floor_entry` came along.
    """

    snapshot = models.TextField(default="1:1:")
    cluster = models.BigIntegerField()
    floor_entry = models.BigIntegerField(default=0)
    folded = models.BigIntegerField(default=0)
    folded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.folded} entries counted"


class Eligible(models.Model):
    """How many living people of the register are old enough for a card, by office.

    `loaded` rows were carried over, not counted: the night's count leaves them alone.
    """

    office_code = models.CharField(max_length=4, primary_key=True)
    people = models.PositiveIntegerField(_("people"))
    loaded = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.people} in {self.office_code}"


class SummarySubscription(models.Model):
    """That somebody wants the figures by e-mail every morning, in this language."""

    officer = models.OneToOneField(
        Officer, models.CASCADE, primary_key=True, related_name="summary_wish"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"summary for {self.officer_id} in {self.language}"


class Summary(models.Model):
    """The summary of one morning for one person: what is sent once is a row once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="summaries")
    day = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "day"], name="one_summary_a_morning"),
        ]

    def __str__(self) -> str:
        return f"summary of {self.day} for {self.officer_id}"
