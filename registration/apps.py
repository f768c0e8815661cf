from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = _("Registration")

    def ready(self) -> None:
        # Models are not there before; the lever needs them.
        from offices.levers import register  # noqa: PLC0415
        from registration.reason_lever import ReasonLever  # noqa: PLC0415

        register(ReasonLever())
        import_module("registration.jobs")  # registers what does its jobs; needs models loaded
        import_module("registration.services.forgetting")  # and what time ends
        import_module("registration.services.appeals")
        from offices.people import on_leaving  # noqa: PLC0415

        on_leaving(import_module("registration.services.holding").release_held)
        import_module("registration.copying")  # and what a holder's copy has from here
        reasons = import_module("registration.reasons")
        post_migrate.connect(reasons.add_missing_reasons, sender=self)
