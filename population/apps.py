from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PopulationConfig(AppConfig):
    name = "population"
    verbose_name = _("population register")
    serving_may_call = (  # audit.grants
        "population_make_staging(uuid)",
        "population_drop_staging(uuid)",
        "population_add_key(uuid, int)",
        "population_analyze(uuid, int)",
        "population_make_ready(uuid)",
        "population_put_in_place(uuid)",
        "population_empty_register(uuid)",
    )

    def ready(self) -> None:
        # Models are not there before; the lever needs them.
        from offices.levers import register  # noqa: PLC0415
        from population.back_lever import RegisterBackLever  # noqa: PLC0415

        register(RegisterBackLever())
        import_module("population.housekeeping")  # and what time does
        import_module("population.jobs")  # registers what does its jobs; needs models loaded
