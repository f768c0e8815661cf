from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "core.upkeep"
    verbose_name = "Upkeep"
