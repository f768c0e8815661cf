"""What every step of the API has in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from core.typing import Cleaned
from registration.api import answers, serializers
from registration.errors import Forbidden
from registration.models import Enrollment
from registration.services.capturing import capture_of_app


def answer(enrollment: Enrollment, code: int = status.HTTP_200_OK) -> Response:
    return Response(answers.EnrollmentSerializer(enrollment).data, status=code)


def handed_in(data: Cleaned) -> Cleaned:
    """What SelfieSerializer took, as the services take it: the files read, their origin judged."""
    read: Cleaned = {
        "selfie": data["selfie"].read(),
        "frames": [frame.read() for frame in data["frames"]],
        "challenge_id": data["challenge"],
        "device_key": data["device_key"],
    }
    capture = capture_of_app(data["attestation"], **read)
    return {**read, "frame_times": data["frame_times"], "capture": capture}


class StepView(APIView):
    """One step: `serializer_class` says what it takes, `take` does it."""

    throttle_scope = "step"
    serializer_class: type[Serializer[Any]] = serializers.StartSerializer

    while_limited = False  # whether a token of coming back by reference and number may do this

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        limited = isinstance(request.auth, Enrollment) and request.auth.token_limited
        if limited and not self.is_open_while_limited():
            raise Forbidden(
                "came_back",
                _("With the reference number you see where it stands; see `step` for the way on."),
            )

    def is_open_while_limited(self) -> bool:
        return self.while_limited

    @property
    def enrollment(self) -> Enrollment:
        """The one that the request's token opens."""
        if not isinstance(self.request.auth, Enrollment):
            raise NotAuthenticated
        return self.request.auth

    def input(self) -> Cleaned:
        serializer = self.serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        valid: Cleaned = serializer.validated_data
        return valid
