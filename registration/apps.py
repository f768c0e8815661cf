from importlib import import_module

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = "Registration"

    def ready(self) -> None:
        import_module("registration.jobs")  # registers what does its jobs; needs models loaded
