from importlib import import_module

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "core.upkeep"
    verbose_name = "Upkeep"

    def ready(self) -> None:
        import_module("core.upkeep.ending")  # hears of beat and workers; needs the models
