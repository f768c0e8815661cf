from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = "Dashboards"

    def ready(self) -> None:
        import_module("dashboards.summary.jobs")  # registers what sends; needs models loaded
