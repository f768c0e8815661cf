"""Steps 6 to 8 for the app: by the verified selfie's device, or another after a fresh one."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from registration.api import answers, serializers
from registration.api.step_view import StepView, answer, handed_in
from registration.services import activation, returning


class ReturnView(StepView):
    while_limited = True
    throttle_scope = "upload"
    serializer_class = serializers.SelfieSerializer

    @extend_schema(
        request={"multipart/form-data": serializers.SelfieSerializer},
        responses={202: answers.EnrollmentSerializer},
        summary="Go on from another device once verified: a fresh selfie with its own head turns",
    )
    def post(self, request: Request) -> Response:
        returning.hand_in_return(self.enrollment, **handed_in(self.input()))
        return answer(self.enrollment, status.HTTP_202_ACCEPTED)


class PasswordView(StepView):
    throttle_scope = "password"
    serializer_class = serializers.PasswordSerializer

    @extend_schema(
        request=serializers.PasswordSerializer,
        responses=answers.EnrollmentSerializer,
        summary="Step 6: the password, twice, with the proof of the selfie's device",
    )
    def post(self, request: Request) -> Response:
        return answer(activation.set_password(self.enrollment, **self.input()))


class ConsentView(StepView):
    throttle_scope = "password"
    serializer_class = serializers.ConsentSerializer

    @extend_schema(
        request=serializers.ConsentSerializer,
        responses=answers.BoundSerializer,
        summary="Steps 7 and 8: consent by the password, bind the selfie's device, be done",
    )
    def post(self, request: Request) -> Response:
        enrollment, device = activation.give_consent(self.enrollment, **self.input())
        stands = answers.EnrollmentSerializer(enrollment).data
        return Response({**stands, "device": str(device.pk) if device else None})
