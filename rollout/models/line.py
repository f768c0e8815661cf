"""The line of those who want to begin a registration: how it is kept, how fast it moves, and which
tickets were used. Nobody has a row for waiting: a ticket is a number, signed.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    ITSELF = "itself", _("By itself: as fast as workers and officers can")
    AT_MOST = "at_most", _("By itself, at most so many a minute")
    CLOSED = "closed", _("Nobody more is called")
    OFF = "off", _("No line: everybody begins at once")


class LineRule(models.Model):
    """One row, or none as long as no administrator has set anything."""

    id = models.PositiveSmallIntegerField(primary_key=True, editable=False)
    mode = models.CharField(_("how the line is kept"), max_length=10, choices=Mode)
    per_minute = models.PositiveIntegerField(
        _("at most so many a minute"),
        default=0,
        help_text=_("Counts where at most so many a minute are called; 0 elsewhere."),
    )

    class Meta:
        verbose_name = _("line at the start")
        verbose_name_plural = _("line at the start")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="line_has_one_rule"),
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values), name="line_mode_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mode=Mode.AT_MOST, per_minute__gt=0)
                | ~models.Q(mode=Mode.AT_MOST) & models.Q(per_minute=0),
                name="line_has_a_pace_where_it_needs_one",
                violation_error_message=_(
                    "Say how many a minute where at most so many are called, and 0 elsewhere."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Line at the start"))


def rule_in_force() -> LineRule:
    """What administrators set, or what the settings begin with."""
    return LineRule.objects.filter(pk=1).first() or LineRule(mode=settings.LINE_MODE)


class Stretch(models.Model):
    """A stretch of time in which the line moved at one speed. The last one holds until the next:
    the line moves on without anybody who writes.

    `position`: the highest number called when it began; `over`: that of whom the turn was past.
    """

    since = models.DateTimeField(default=timezone.now)
    position = models.FloatField()
    per_minute = models.FloatField()
    over = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(per_minute__gte=0, position__gte=0),
                name="line_never_moves_backwards",
            )
        ]

    def __str__(self) -> str:
        return f"{self.per_minute:.1f} a minute from {self.position:.0f}"


class UsedTicket(models.Model):
    """A number that began a registration, and cannot begin another. Which one is not kept."""

    number = models.BigIntegerField(primary_key=True)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"ticket {self.number}"
