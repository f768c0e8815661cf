from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "identity"
    verbose_name = "Identities"

    def ready(self) -> None:
        import_module("identity.jobs")  # registers what does its jobs; needs models loaded
        import_module("identity.ending")  # and what time ends
