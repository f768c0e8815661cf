from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "dopa_portal"
    verbose_name = "D.DOPA"


class PortalAdminConfig(AdminConfig):
    default_site = "dopa_portal.admin_site.PortalAdminSite"
