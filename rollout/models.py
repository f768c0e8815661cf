from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.Model):
    """A stretch of the rollout: from when on, for how many."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    capacity = models.PositiveIntegerField(_("capacity"))
    starts_on = models.DateField(_("starts on"))

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="phase_has_room")
        ]

    def __str__(self) -> str:
        return self.name
