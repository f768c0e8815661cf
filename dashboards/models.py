"""What the pages of figures read: sums by day and area. Never a person."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from offices.models import Officer
from offices.roles import Role

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


class FigureValue(models.Model):
    """A target or the limit of an alert, set by two administrators; see dashboards.values.table.

    Without a row the usual one holds. `value` is null where a target was taken away.
    """

    key = models.CharField(max_length=20, primary_key=True)
    value = models.PositiveIntegerField(_("value"), null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class NoteKind(models.TextChoices):
    HOLIDAY = "holiday", _("Public holiday")
    OUTAGE = "outage", _("Outage")
    CAMPAIGN = "campaign", _("Campaign")
    OTHER = "other", pgettext_lazy("kind of note", "Note")


class Note(models.Model):
    """What was about some days, for all who read their figures. Removed, it stays as a trace."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind"), max_length=10, choices=NoteKind.choices)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    text_th = models.CharField(_("Text in Thai"), max_length=60)
    text_en = models.CharField(_("Text in English"), max_length=60)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="notes_written")
    written_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="notes_removed")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day", "last_day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first_day", "last_day", "text_th"],
                condition=models.Q(removed_at=None),
                name="one_standing_note",
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="note_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Its kind and its words in the reader's language."""
        text = self.text_th if get_language() == "th" else self.text_en
        return f"{self.get_kind_display()}: {text}"


class FiguresView(models.Model):
    """A page of figures with what its address chose, under a name. Shared with a role or ""."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="figures_views")
    name = models.CharField(max_length=40)
    page = models.CharField(max_length=10)
    query = models.CharField(max_length=200)
    shared_with = models.CharField(max_length=20, choices=Role.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "name"], name="one_figures_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class StartView(models.Model):
    """What the dashboard shows an officer first."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")
    view = models.ForeignKey(FiguresView, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.officer_id} begins with {self.view_id}"


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the first of every month")


class ReportSubscription(models.Model):
    """That somebody wants a view by e-mail in a rhythm. Gone with the view."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="report_wishes")
    view = models.ForeignKey(FiguresView, models.CASCADE, related_name="wishes")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "view"], name="one_report_wish_of_a_view")
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} report of {self.view_id} for {self.officer_id}"


class Report(models.Model):
    """One report for one person: what is sent once is a row once. `day`: when it was due."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="reports")
    view = models.ForeignKey(FiguresView, models.CASCADE, related_name="reports")
    day = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "view", "day"], name="one_report_when_it_is_due"
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.view_id} on {self.day} for {self.officer_id}"
