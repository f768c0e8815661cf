"""An appeal against a rejection, from the app."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from core.guard.tries import origin_of_address
from registration.api import answers, serializers
from registration.api.step_view import StepView, answer
from registration.services.appeals import file_appeal


class AppealView(StepView):
    while_limited = True  # it asks for the code on the back of the card
    serializer_class = serializers.AppealSerializer

    @extend_schema(
        request=serializers.AppealSerializer,
        responses={201: answers.EnrollmentSerializer},
        summary="Appeal against a rejection: once, in time, to an office of another province",
    )
    def post(self, request: Request) -> Response:
        origin = origin_of_address(request)
        appealed = file_appeal(self.enrollment, origin=origin, **self.input())
        return answer(appealed, status.HTTP_201_CREATED)
