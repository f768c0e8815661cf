from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = _("Offices and officers")

    def ready(self) -> None:
        import_module("offices.sessions")
