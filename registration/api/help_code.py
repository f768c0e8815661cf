"""Help on the phone for the app's citizens."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from registration.api.step_view import StepView
from registration.services import help_codes


class HelpCodeSerializer(serializers.Serializer[Any]):
    """Six digits to read out. They serve once; a new code ends the former."""

    code = serializers.CharField()
    expires_at = serializers.DateTimeField()


class HelpCodeView(StepView):
    while_limited = True

    @extend_schema(
        request=None,
        responses={201: HelpCodeSerializer},
        summary="A code for a call to 1548: the agent sees the step and the last hint, no data",
    )
    def post(self, request: Request) -> Response:
        code, made = help_codes.make_code(self.enrollment)
        answer = HelpCodeSerializer({"code": code, "expires_at": made.expires_at}).data
        return Response(answer, status=status.HTTP_201_CREATED)
