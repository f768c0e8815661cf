from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = _("Offices and officers")

    def ready(self) -> None:
        # Models are not there before; the levers need them.
        from offices.levers import register  # noqa: PLC0415
        from offices.list_lever import ListLever  # noqa: PLC0415
        from offices.off_lever import OffLever  # noqa: PLC0415
        from offices.rights_lever import RightsLever  # noqa: PLC0415
        from offices.row_lever import OfficeLever  # noqa: PLC0415
        from offices.staff_lever import StaffLever  # noqa: PLC0415

        import_module("offices.sessions")
        import_module("offices.jobs")  # registers what does its jobs; needs models loaded
        register(RightsLever())
        register(StaffLever())
        register(OffLever())
        register(ListLever())
        register(OfficeLever())
