"""The runs that bring the register in, and what is kept of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.sentences import in_words
from population.rejections import REASONS


class RunState(models.TextChoices):
    LOADING = "loading", _("Loading")
    PAUSED = "paused", _("Paused")
    HELD = "held", _("Waiting for two administrators")
    MERGING = "merging", _("Taking over")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    ROLLED_BACK = "rolled_back", _("Rolled back")


RESUMABLE = (RunState.LOADING, RunState.PAUSED, RunState.HELD, RunState.MERGING)


class ImportRun(models.Model):
    """One file of the population register on its way in. Its staging table is named after it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    file_bytes = models.BigIntegerField(_("bytes"))
    fingerprint = models.BinaryField(max_length=32)
    file_format = models.JSONField(
        default=dict
    )  # population.imports.formats.FileFormat, once known
    complete = models.BooleanField(
        _("holds everybody"),
        default=False,
        help_text=_("Whoever is not in the file counts as removed from the register."),
    )
    declared_rows = models.BigIntegerField(null=True)
    declared_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=RunState, default=RunState.LOADING)
    replaced_table = models.BooleanField(default=False)
    parts_weighed = models.PositiveSmallIntegerField(default=0)
    weights = models.JSONField(default=dict)  # office -> counts of population.imports.weighing
    # By population.imports.samples, until it ends: partition and key of whom deciders are shown.
    sampled = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    parts_done = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    bytes_done = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(_("rows"), default=0)
    rejected = models.BigIntegerField(_("rejected"), default=0)
    inserted = models.BigIntegerField(_("new"), default=0)
    changed = models.BigIntegerField(_("changed"), default=0)
    unchanged = models.BigIntegerField(_("already there"), default=0)
    removed = models.BigIntegerField(_("no longer there"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)
    message_values = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("import of the register")
        verbose_name_plural = _("imports of the register")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=RESUMABLE),
                name="one_import_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def may_be_rolled_back(self) -> bool:
        """Whether what was before it is kept still; a newer import has to be rolled back first."""
        since = timezone.now() - settings.IMPORT_ROLLED_BACK_WITHIN
        return self.state == RunState.DONE and (self.finished_at or since) > since

    @property
    def staging(self) -> str:
        """The name of the table its rows wait in."""
        return f"population_staging_{self.pk.hex[-12:]}"

    @property
    def message_in_words(self) -> str:
        return in_words(self.message, self.message_values)


class ImportChunk(models.Model):
    """A chunk that was loaded, written in the transaction that loaded it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    blank = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField()
    digest = models.DecimalField(max_digits=20, decimal_places=0)
    by_office = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_chunk_once"),
        ]

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.run_id}"


class RejectedRow(models.Model):
    """A line that was not taken over: where it stands and why, and the key of whom it names."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rejected_rows")
    line = models.BigIntegerField(_("line"))
    reason = models.CharField(_("reason"), max_length=20, choices=list(REASONS.items()))
    office_code = models.CharField(_("office"), max_length=4, blank=True)
    number_key = models.UUIDField(null=True)  # whose line it is, where that is sure

    class Meta:
        ordering = ["line"]
        indexes = [models.Index(fields=["run", "line"], name="rejected_by_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class OfficeCount(models.Model):
    """What became of one office's rows in a finished run; no code: lines that name no office."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="office_counts")
    office_code = models.CharField(max_length=4, blank=True)
    in_file = models.PositiveIntegerField()
    inserted = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()

    class Meta:
        ordering = ["office_code"]
        constraints = [
            models.UniqueConstraint(fields=["run", "office_code"], name="one_count_an_office"),
            models.CheckConstraint(
                condition=models.Q(
                    in_file=models.F("inserted")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
                name="office_count_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} in {self.run_id}"


class Agreement(models.Model):
    """An administrator's word that an import may go on where it needs two (population.agreeing)."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="agreements")
    question = models.CharField(max_length=12)
    officer = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "question", "officer"], name="one_word_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.run_id}"


class RowBefore(models.Model):
    """What a row of the register was before a run changed it; all empty for a row that was new."""

    pk = models.CompositePrimaryKey("number_key", "run_id")
    number_key = models.UUIDField()
    run = models.ForeignKey(ImportRun, models.CASCADE, db_constraint=False)
    person_sealed = models.BinaryField(null=True)
    laser_key = models.UUIDField(null=True)
    office_code = models.CharField(max_length=4, null=True)  # noqa: DJ001 - null says "was not there"
    status = models.CharField(max_length=10, null=True)  # noqa: DJ001
    birth_year = models.SmallIntegerField(null=True)
    updated_at = models.DateTimeField(null=True)
    row_digest = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.number_key} before {self.run_id}"


class HeldRow(models.Model):
    """A row of a file that would rewrite a living digital ID as people's data do not change: it
    waits apart until two administrators agree, a newer file says something else, or it is left.
    """

    pk = models.CompositePrimaryKey("number_key", "run_id")
    number_key = models.UUIDField()
    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="held_rows", db_constraint=False
    )
    person_sealed = models.BinaryField()
    laser_key = models.UUIDField(null=True)
    office_code = models.CharField(max_length=4)
    status = models.CharField(max_length=10)
    birth_year = models.SmallIntegerField()
    updated_at = models.DateTimeField()
    row_digest = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.number_key} held of {self.run_id}"
