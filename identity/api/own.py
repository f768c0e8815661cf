"""What the holder does alone, for the app: the device's key and the password at every act."""

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.typing import Cleaned
from identity.access import AskedAlready, ask_for_correction
from identity.api.authentication import DeviceAuthentication
from identity.data_copy import ask_for_copy, make_copy
from identity.ending import ask_to_end, keep
from identity.life import NotNow
from identity.models import Device, DigitalID
from identity.passwords import PasswordRefused, change_password, try_password
from identity.sessions import origin_of_device


class AskedBefore(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "asked_already"
    default_detail = _("You have a request that waits for its answer.")


class NotInForce(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "not_in_force"
    default_detail = _("The digital ID is not in a state in which this can be done.")


class SecretField(serializers.CharField):
    def __init__(self, **kwargs: Any):
        super().__init__(max_length=128, trim_whitespace=False, write_only=True, **kwargs)


class OpeningSerializer(serializers.Serializer[Any]):
    password = SecretField(help_text="The present password of the digital ID.")


class ChangePasswordSerializer(OpeningSerializer):
    first = SecretField()
    second = SecretField()


class EndSerializer(OpeningSerializer):
    digits = serializers.CharField(max_length=8, help_text="The last four digits of the number.")


class CorrectionSerializer(OpeningSerializer):
    words = serializers.CharField(max_length=1000, help_text="What is wrong, and what is right.")


class EndingSerializer(serializers.Serializer[Any]):
    ending_at = serializers.DateTimeField(help_text="Until then it works, and can be kept.")


@method_decorator(never_cache, name="dispatch")
class OwnView(APIView):
    """One act of the holder: `serializer_class` says what it takes beside the password."""

    authentication_classes = [DeviceAuthentication]
    throttle_scope = "password"
    serializer_class: type[serializers.Serializer[Any]] = OpeningSerializer

    @property
    def device(self) -> Device:
        """The one that has signed, with its digital ID."""
        if not isinstance(self.request.auth, Device):
            raise NotAuthenticated
        return self.request.auth

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, PasswordRefused):
            exc = PermissionDenied(str(exc), code="password_refused")
        if isinstance(exc, NotNow):
            exc = NotInForce()
        return super().handle_exception(exc)

    def open(self) -> DigitalID:
        """The digital ID, once the password that was sent is right."""
        device, password = self.device, self.input()["password"]
        try_password(device.digital_id, password, origin=origin_of_device(device))
        return device.digital_id

    def input(self) -> Cleaned:
        serializer = self.serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        valid: Cleaned = serializer.validated_data
        return valid


class PasswordView(OwnView):
    serializer_class = ChangePasswordSerializer

    @extend_schema(
        request=ChangePasswordSerializer,
        responses={204: None},
        summary="Change the password; whatever was unlocked by the former one is locked",
    )
    def post(self, request: Request) -> Response:
        device = self.device
        origin = origin_of_device(device)
        change_password(device.digital_id, **self.input(), origin=origin)
        return Response(status=status.HTTP_204_NO_CONTENT)


class EndView(OwnView):
    serializer_class = EndSerializer

    @extend_schema(
        request=EndSerializer,
        responses=EndingSerializer,
        summary="End the digital ID in a day",
    )
    def post(self, request: Request) -> Response:
        device = self.device
        origin = origin_of_device(device)
        ending_at = ask_to_end(device.digital_id, **self.input(), origin=origin)
        return Response(EndingSerializer({"ending_at": ending_at}).data)


class KeepView(OwnView):
    @extend_schema(
        request=OpeningSerializer,
        responses={204: None},
        summary="Keep the digital ID that was to end",
    )
    def post(self, request: Request) -> Response:
        if not keep(self.open()):
            raise NotInForce
        return Response(status=status.HTTP_204_NO_CONTENT)


class CopyView(OwnView):
    @extend_schema(
        request=OpeningSerializer,
        responses=OpenApiTypes.OBJECT,
        summary="A copy of all data that is kept of the holder",
    )
    def post(self, request: Request) -> Response:
        device = self.device
        ask_for_copy(device.digital_id, **self.input(), origin=origin_of_device(device))
        return Response(make_copy(device.digital_id, kind="app"))


class CorrectionView(OwnView):
    serializer_class = CorrectionSerializer

    @extend_schema(
        request=CorrectionSerializer,
        responses={204: None},
        summary="Ask for the data to be corrected; the answer comes into the copy of the data",
    )
    def post(self, request: Request) -> Response:
        try:
            ask_for_correction(self.open(), words=self.input()["words"])
        except AskedAlready as before:
            raise AskedBefore from before
        return Response(status=status.HTTP_204_NO_CONTENT)
