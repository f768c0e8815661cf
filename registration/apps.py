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
        from registration.exercise_lever import ExerciseLever  # noqa: PLC0415
        from registration.reason_lever import ReasonLever  # noqa: PLC0415

        register(ReasonLever())
        register(ExerciseLever())
        import_module("registration.jobs")  # registers what does its jobs; needs models loaded
        import_module("registration.services.forgetting")  # and what time ends
        import_module("registration.services.help_line")
        import_module("registration.services.appeals")
        import_module("registration.services.exercises.hands")  # what else is in hand, and ends
        import_module("registration.services.exercises.ending")
        from offices.memberships import before_acting_elsewhere  # noqa: PLC0415
        from offices.people import on_leaving  # noqa: PLC0415

        holding = import_module("registration.services.holding")
        on_leaving(holding.release_held)
        before_acting_elsewhere(holding.check_undo_time)
        import_module("registration.copying")  # and what a holder's copy has from here
        reasons = import_module("registration.reasons")
        post_migrate.connect(reasons.add_missing_reasons, sender=self)
