from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks

from dopa_portal.address import address_is_set


class PortalConfig(AppConfig):
    name = "dopa_portal"
    verbose_name = "D.DOPA"

    def ready(self) -> None:
        checks.register(address_is_set, checks.Tags.security, deploy=True)


class PortalAdminConfig(AdminConfig):
    default_site = "dopa_portal.admin_site.PortalAdminSite"
