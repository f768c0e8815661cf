"""Who reads figures through the API: those who may read the pages, signed in as for the pages."""

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core.typing import Json
from offices.models import Officer


class StaffSession(SessionAuthentication):
    """The session of the officers' portal, with its one-time password."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class StaffSessionScheme(OpenApiAuthenticationExtension):
    target_class = StaffSession
    name = "officers-session"

    def get_security_definition(self, auto_schema: object) -> Json:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class Watches(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        return isinstance(user, Officer) and user.is_verified() and user.watches
