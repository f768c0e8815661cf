from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks

from core.address import address_is_set


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "D.DOPA"

    def ready(self) -> None:
        checks.register(address_is_set, checks.Tags.security, deploy=True)


class PortalAdminConfig(AdminConfig):
    default_site = "core.admin_site.PortalAdminSite"
