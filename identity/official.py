"""Checks by a signed-in officer: written down with the office and what it was for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Why an officer has the digital ID shown."""

    SERVICE = "service", _("You asked for a service or handed in a request.")
    BENEFIT = "benefit", _("You asked for a benefit or assistance.")
    WITNESS = "witness", _("You signed or witnessed a document.")
    LAW = "law", _("A law asks for an identity check.")
