from importlib import import_module

from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "core.guard"
    label = "guard"
    verbose_name = "What may happen once, and how often is guessed"

    def ready(self) -> None:
        import_module("core.guard.forgetting")  # registers what time ends; needs models
