from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PopulationConfig(AppConfig):
    name = "population"
    verbose_name = _("population register")

    def ready(self) -> None:
        import_module("population.jobs")  # registers what does its jobs; needs models loaded
