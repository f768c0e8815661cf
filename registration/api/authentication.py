from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.typing import Json
from registration.models import Enrollment
from registration.services.enrolling import enrollment_of_token

if TYPE_CHECKING:  # it imports the views, which ask for the class below
    from drf_spectacular.openapi import AutoSchema


class Holder:
    """Whoever holds an enrollment's token. Not an account: it opens one enrollment."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, enrollment: Enrollment):
        self.pk = enrollment.pk


class EnrollmentTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; `request.auth` is the enrollment."""

    def authenticate(self, request: Request) -> tuple[Holder, Enrollment] | None:
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        enrollment = enrollment_of_token(token.strip())
        if enrollment is None:
            raise AuthenticationFailed(_("This registration cannot be opened with this token."))
        return Holder(enrollment), enrollment

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class EnrollmentTokenScheme(OpenApiAuthenticationExtension):
    target_class = EnrollmentTokenAuthentication
    name = "enrollment-token"

    def get_security_definition(self, auto_schema: "AutoSchema") -> Json:
        return {"type": "http", "scheme": "bearer"}
