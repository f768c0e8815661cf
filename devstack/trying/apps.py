from pathlib import Path

from django.apps import AppConfig

from core.management.commands.compile_messages import compile_messages


class TryingConfig(AppConfig):
    name = "devstack.trying"
    verbose_name = "Trying it out"

    def ready(self) -> None:
        """Its sentences are its own: those of production are compiled where it is built."""
        compile_messages(Path(self.path) / "locale")
