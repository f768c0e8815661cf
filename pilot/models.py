"""Who was in the pilot, and how far their digital ID has been taken over."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.encryption import SealedJSON
from core.sentences import in_words
from identity.person import Person
from offices.models import Office, Officer
from offices.scoping import within_reach

KIND = "rollout.pilotmember.person_sealed"  # what rows are sealed for: it never changes


class PilotImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a worker")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    TAKEN_BACK = "taken_back", _("Taken back")


class PilotImport(models.Model):
    """One file of digital IDs issued in the pilot. It is taken over as a whole or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    file_format = models.JSONField(
        default=dict
    )  # population.imports.formats.FileFormat, once known
    state = models.CharField(
        _("state"), max_length=12, choices=PilotImportState, default=PilotImportState.WAITING
    )
    message = models.CharField(_("message"), max_length=300, blank=True)
    message_values = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    matched = models.PositiveIntegerField(_("matched with the register"), default=0)
    differing = models.PositiveIntegerField(_("for officers"), default=0)
    already_there = models.PositiveIntegerField(_("already there"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    rejected_lines = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("import of the pilot")
        verbose_name_plural = _("imports of the pilot")

    def __str__(self) -> str:
        return self.file_name

    @property
    def message_in_words(self) -> str:
        return in_words(self.message, self.message_values)


class Difference(models.TextChoices):
    """Why a digital ID of the pilot could not simply be taken over."""

    NOT_IN_REGISTER = "not_in_register", _("The number is not in the population register.")
    NOT_ALIVE = "not_alive", _("The register no longer lists the person as living.")
    NAME = "name", _("The name differs from the register.")
    BIRTH_DATE = "birth_date", _("The birth date differs from the register.")
    REGISTERED = "registered", _("The person has registered anew and has a digital ID.")


ISSUABLE = (Difference.NAME, Difference.BIRTH_DATE)


class MemberState(models.TextChoices):
    DIFFERS = "differs", _("Waiting for an officer")
    EXPECTED = "expected", _("Has not come yet")
    RETURNED = "returned", _("Has accepted the new terms")
    REFUSED = "refused", _("Not taken over")


class MemberQuerySet(models.QuerySet["PilotMember"]):
    def visible_to(self, officer: Officer) -> "MemberQuerySet":
        return self.filter(within_reach(officer))

    def differing(self) -> "MemberQuerySet":
        return self.filter(state=MemberState.DIFFERS)

    def matched_by_office(self) -> Counter[str]:
        """How many have a digital ID of this portal, by the office's code."""
        matched = self.filter(state__in=[MemberState.EXPECTED, MemberState.RETURNED])
        return Counter(dict(matched.values_list("office_id").annotate(count=Count("pk"))))

    def by_office(self) -> Iterable[Mapping[str, Any]]:
        """Counts of each state for each office, by the office's code."""
        counts = {state.value: Count("pk", filter=Q(state=state)) for state in MemberState}
        return self.values("office_id").annotate(in_file=Count("pk"), **counts).order_by("office")


class PilotMember(models.Model):
    """One person of the pilot. What the file said is kept only while an officer has to compare.

    A file's rows are checked together before they are written together: the database does not look
    each one's office and file up again, nor keep an index that no page asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number_key = models.UUIDField(unique=True)
    pilot_import = models.ForeignKey(
        PilotImport, models.CASCADE, related_name="members", db_constraint=False, db_index=False
    )
    office = models.ForeignKey(Office, models.PROTECT, db_constraint=False, db_index=False)
    state = models.CharField(max_length=10, choices=MemberState)
    difference = models.CharField(max_length=20, choices=Difference, blank=True)
    activated_on = models.DateField()
    expires_on = models.DateField(null=True)
    consent_version = models.CharField(max_length=20)
    device_name = models.CharField(max_length=60, blank=True)
    person_sealed = models.BinaryField(null=True)
    password = models.CharField(max_length=200, blank=True)
    digital_id = models.UUIDField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, db_index=False)
    decided_at = models.DateTimeField(null=True)
    terms_version = models.CharField(max_length=20, blank=True)
    terms_accepted_at = models.DateTimeField(null=True)

    person: SealedJSON[Person | None] = SealedJSON("person_sealed", of=Person, kind=KIND)
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of the pilot")
        verbose_name_plural = _("people of the pilot")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MemberState.values), name="member_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MemberState.DIFFERS) | ~models.Q(difference=""),
                name="member_differs_in_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "activated_on"],
                name="pilot_work_list",
                condition=models.Q(state=MemberState.DIFFERS),
            )
        ]

    def __str__(self) -> str:
        return f"pilot {self.pk}"
