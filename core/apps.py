from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks

from core.address import address_is_set
from core.security_contact import contact_is_set


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "D.DOPA"

    def ready(self) -> None:
        for name in ("core.forgetting", "core.reaping"):
            import_module(name)  # registers what time ends; needs models loaded
        for check in (address_is_set, contact_is_set):
            checks.register(check, checks.Tags.security, deploy=True)


class PortalAdminConfig(AdminConfig):
    default_site = "core.admin_site.PortalAdminSite"
