from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentsConfig(AppConfig):
    name = "appointments"
    verbose_name = _("Appointments")

    def ready(self) -> None:
        import_module("appointments.jobs")  # registers what does its jobs; needs models loaded
        import_module("appointments.housekeeping")  # and what time does
