from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotConfig(AppConfig):
    name = "pilot"
    verbose_name = _("Pilot")

    def ready(self) -> None:
        # Models are not there before; lever, job's handler and register's report need them.
        from offices.levers import register  # noqa: PLC0415
        from pilot.back_lever import PilotBackLever  # noqa: PLC0415
        from pilot.models import PilotMember  # noqa: PLC0415
        from population.imports.reconciling import pilot_counts  # noqa: PLC0415

        register(PilotBackLever())
        import_module("pilot.jobs")
        pilot_counts.append(PilotMember.objects.matched_by_office)
