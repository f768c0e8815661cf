"""How far the digital IDs have followed an import of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowingState(models.TextChoices):
    COUNTING = "counting", _("Counting how many would end")
    HELD = "held", _("Waiting for two administrators")
    FOLLOWING = "following", _("Being brought up to date")
    STOPPED = "stopped", _("Stopped after several failures")
    DONE = "done", _("Done")


UNDER_WAY = (FollowingState.COUNTING, FollowingState.FOLLOWING)


class Following(models.Model):
    """One for each run that was taken over or rolled back; the counts are of digital IDs."""

    run = models.OneToOneField("population.ImportRun", models.CASCADE, primary_key=True)
    state = models.CharField(max_length=12, choices=FollowingState, default=FollowingState.COUNTING)
    done_up_to = models.UUIDField(null=True)  # a number's key, in this state
    ending = models.PositiveIntegerField(default=0)
    revoked = models.PositiveIntegerField(default=0)
    suspended = models.PositiveIntegerField(default=0)
    resumed = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"digital IDs after {self.run_id}"

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY
