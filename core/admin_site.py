from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from core.admin_parts import BaseAdmin
from core.typing import Context

LIBRARIES = ("django", "allauth")


class PortalAdminSite(AdminSite):
    """The admin behind the same sign-in and one-time password as every other staff page."""

    site_header = site_title = "D.DOPA"
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[BaseAdmin] | None = None,
        **options: object,
    ) -> None:
        """Our own pages only: those that libraries bring along would change people's addresses and
        one-time passwords without an entry in the log.
        """
        if admin_class is None or admin_class.__module__.split(".")[0] not in LIBRARIES:
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return super().has_permission(request) and user.is_authenticated and user.is_verified()

    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        """There is one door for staff, and it is not this one."""
        if request.user.is_authenticated:
            raise PermissionDenied
        target = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': target})}")
