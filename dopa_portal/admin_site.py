from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django_otp.admin import OTPAdminSite


class PortalAdminSite(OTPAdminSite):
    """The admin behind the same sign-in and one-time password as every other staff page."""

    site_header = site_title = "D.DOPA"

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """There is one door for staff, and it is not this one."""
        if request.user.is_authenticated:
            raise PermissionDenied
        target = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': target})}")


class PortalAdminConfig(AdminConfig):
    default_site = "dopa_portal.admin_site.PortalAdminSite"
