from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.typing import Json
from identity.models import Device
from identity.presentation import device_that_proves_itself

if TYPE_CHECKING:  # it imports the views, which ask for the class below
    from drf_spectacular.openapi import AutoSchema

SCHEME = "device"


class HolderOfDevice:
    """Whoever holds a device's key. Not an account: the password is asked for besides."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, device: Device):
        self.pk = device.pk


class DeviceAuthentication(BaseAuthentication):
    """`Authorization: Device <token>`, the token (`aud` unlock) signed by the device's key just now
    and good for one request; `request.auth` is the device.
    """

    def authenticate(self, request: Request) -> tuple[HolderOfDevice, Device] | None:
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        device = device_that_proves_itself(token.strip())
        if device is None:
            raise AuthenticationFailed(_("This device does not hold a digital ID."))
        return HolderOfDevice(device), device

    def authenticate_header(self, request: Request) -> str:
        return "Device"


class DeviceScheme(OpenApiAuthenticationExtension):
    target_class = DeviceAuthentication
    name = "device-proof"

    def get_security_definition(self, auto_schema: "AutoSchema") -> Json:
        return {
            "type": "http",
            "scheme": SCHEME,
            "description": "A JWS of the device's key (typ dopa-show+jwt, aud unlock), made for"
            " this one request.",
        }
