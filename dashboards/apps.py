from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = "Dashboards"

    def ready(self) -> None:
        # Models are not there before; the lever needs them.
        from dashboards.steering.lever import FiguresLever  # noqa: PLC0415
        from offices.levers import register  # noqa: PLC0415

        register(FiguresLever())
        import_module("dashboards.reports.jobs")
        import_module("dashboards.summary.jobs")  # registers what sends; needs models loaded
