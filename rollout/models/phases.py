"""The phases of the rollout and the places they have."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

FIRST_NAMES = (gettext_noop("Pilot"), gettext_noop("National"))


def phase_name(name: str) -> str:
    """A phase's name in the reader's language, where it is one that a new portal begins with."""
    return gettext(name) if name in FIRST_NAMES else name


class Phase(models.Model):
    """A stretch of the rollout: from when on, for how many, where and by which ways."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    name_th = models.CharField(
        _("name in Thai"),
        max_length=60,
        blank=True,
        db_default="",
        default="",
        help_text=_("What Thai pages call it; without one, the name above."),
    )
    capacity = models.PositiveIntegerField(_("capacity"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    closed = models.BooleanField(
        _("closed"), default=False, help_text=_("As if it had never begun; the one before holds.")
    )
    opens_office = models.BooleanField(_("open at registration offices"), default=True)
    opens_self = models.BooleanField(_("open on the web"), default=True)
    opens_app = models.BooleanField(_("open in the app"), default=True)
    provinces = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("provinces opened"),
        default=list,
        blank=True,
        help_text=_("None ticked means all."),
    )
    # Agreed to for a later day: whatever the dates say, rollout.beginning lets it begin.
    waits = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="phase_has_room"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="phase_ends_after_it_starts",
                violation_error_message=_("A phase cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        thai = get_language() == "th" and self.name_th
        return thai or phase_name(self.name)

    def clean(self) -> None:
        """Of two that begin on one day nobody could say which rules; the code decides meanwhile."""
        same = Phase.objects.filter(starts_on=self.starts_on, closed=False).exclude(pk=self.pk)
        if not self.closed and (other := same.first()):
            raise ValidationError(
                {"starts_on": _("The phase %(phase)s begins on that day.") % {"phase": other}}
            )

    def opens(self, channel: str) -> bool:
        return bool(getattr(self, f"opens_{channel}"))


class Shard(models.Model):
    """A share of a phase's places. Sign-ups side by side take theirs from different ones."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="shards")
    number = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="one_shard_a_number"),
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("capacity")), name="shard_is_not_overfull"
            ),
        ]

    def __str__(self) -> str:
        return f"shard {self.number} of {self.phase_id}"


class Place(models.Model):
    """The place an enrollment holds, and which shard it came from."""

    enrollment_id = models.UUIDField(primary_key=True)
    shard = models.ForeignKey(Shard, models.CASCADE)

    def __str__(self) -> str:
        return f"place of {self.enrollment_id}"
