"""The eight steps for the app. Each view checks a shape, calls one service, answers with the
enrollment.
"""

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from identity.numbers import clean_number
from registration.api import serializers
from registration.devices import device_class
from registration.models import Channel, Enrollment
from registration.services import activation, capture, challenges, enrolling
from registration.validators import clean_confirmed


def _answer(enrollment: Enrollment, code: int = status.HTTP_200_OK) -> Response:
    return Response(serializers.EnrollmentSerializer(enrollment).data, status=code)


class StepView(APIView):
    """One step: `serializer_class` says what it takes, `take` does it."""

    throttle_scope = "step"
    serializer_class = serializers.StartSerializer

    def input(self) -> dict:
        serializer = self.serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class StartView(StepView):
    permission_classes = [AllowAny]
    throttle_scope = "start"

    @extend_schema(
        request=serializers.StartSerializer,
        responses={201: serializers.StartedSerializer},
        auth=[],
        summary="Begin: choose self-registration",
    )
    def post(self, request: Request) -> Response:
        enrollment, token = enrolling.start_enrollment(
            channel=Channel.APP,
            **self.input(),
            device=device_class(request.headers.get("User-Agent", "")),
        )
        enrollment.token = token
        answer = serializers.StartedSerializer(enrollment).data
        return Response(answer, status=status.HTTP_201_CREATED)


class ResumeView(StepView):
    permission_classes = [AllowAny]
    throttle_scope = "resume"
    serializer_class = serializers.ResumeSerializer

    @extend_schema(
        request=serializers.ResumeSerializer,
        responses=serializers.StartedSerializer,
        auth=[],
        summary="Come back with the reference number; the former token ends",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        enrollment, token = enrolling.resume_enrollment(
            reference=data["reference"], number=clean_number(data["number"])
        )
        enrollment.token = token
        return Response(serializers.StartedSerializer(enrollment).data)


class EnrollmentView(StepView):
    @extend_schema(
        responses=serializers.EnrollmentSerializer, summary="Where the enrollment stands"
    )
    def get(self, request: Request) -> Response:
        return _answer(request.auth)

    @extend_schema(responses=serializers.EnrollmentSerializer, summary="Withdraw")
    def delete(self, request: Request) -> Response:
        return _answer(enrolling.withdraw(request.auth))


class TermsView(StepView):
    serializer_class = serializers.TermsSerializer

    def get_permissions(self) -> list:
        return [AllowAny()] if self.request.method == "GET" else super().get_permissions()

    @extend_schema(
        responses=serializers.TermsSerializer, auth=[], summary="The version now in force"
    )
    def get(self, request: Request) -> Response:
        return Response({"version": settings.TERMS_VERSION})

    @extend_schema(
        request=serializers.TermsSerializer,
        responses=serializers.EnrollmentSerializer,
        summary="Step 3: accept the terms",
    )
    def post(self, request: Request) -> Response:
        return _answer(enrolling.accept_terms(request.auth, version=self.input()["version"]))


class CardSideView(StepView):
    throttle_scope = "upload"
    serializer_class = serializers.PictureSerializer

    @extend_schema(
        request={"multipart/form-data": serializers.PictureSerializer},
        responses={202: serializers.EnrollmentSerializer},
        parameters=[OpenApiParameter("side", str, "path", enum=["front", "back"])],
        summary="Step 4: a photo of one side; with both there, the card is read",
    )
    def put(self, request: Request, side: str) -> Response:
        picture = self.input()["picture"].read()
        enrollment = capture.add_card_side(request.auth, side=side, picture=picture)
        return _answer(enrollment, status.HTTP_202_ACCEPTED)


class DataView(StepView):
    serializer_class = serializers.ConfirmedSerializer

    @extend_schema(
        request=serializers.ConfirmedSerializer,
        responses=serializers.EnrollmentSerializer,
        summary="Step 4: confirm the data, corrected where the reading was wrong",
    )
    def put(self, request: Request) -> Response:
        return _answer(capture.confirm_data(request.auth, data=clean_confirmed(self.input())))


class ChallengeView(StepView):
    @extend_schema(
        request=None,
        responses={201: serializers.ChallengeSerializer},
        summary="Step 5: ask for the head turns of the next selfie",
    )
    def post(self, request: Request) -> Response:
        challenge = challenges.issue_challenge(request.auth)
        answer = serializers.ChallengeSerializer(challenge).data
        return Response(answer, status=status.HTTP_201_CREATED)


class SelfieView(StepView):
    throttle_scope = "upload"
    serializer_class = serializers.SelfieSerializer

    @extend_schema(
        request={"multipart/form-data": serializers.SelfieSerializer},
        responses={202: serializers.EnrollmentSerializer},
        summary="Step 5: the selfie with the frames of the head turns",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        enrollment = capture.submit_selfie(
            request.auth,
            selfie=data["selfie"].read(),
            frames=[frame.read() for frame in data["frames"]],
            frame_times=data["frame_times"],
            challenge_id=data["challenge"],
        )
        return _answer(enrollment, status.HTTP_202_ACCEPTED)


class RecaptureView(StepView):
    @extend_schema(
        request=None,
        responses=serializers.EnrollmentSerializer,
        summary="Go back to photographing the card",
    )
    def post(self, request: Request) -> Response:
        return _answer(capture.recapture_card(request.auth))


class PasswordView(StepView):
    throttle_scope = "password"
    serializer_class = serializers.PasswordSerializer

    @extend_schema(
        request=serializers.PasswordSerializer,
        responses=serializers.EnrollmentSerializer,
        summary="Step 6: the password, twice",
    )
    def post(self, request: Request) -> Response:
        return _answer(activation.set_password(request.auth, **self.input()))


class ConsentView(StepView):
    throttle_scope = "password"
    serializer_class = serializers.ConsentSerializer

    @extend_schema(
        request=serializers.ConsentSerializer,
        responses=serializers.BoundSerializer,
        summary="Steps 7 and 8: consent by the password, bind the device, be done",
    )
    def post(self, request: Request) -> Response:
        enrollment, device = activation.give_consent(request.auth, **self.input())
        enrollment.device = device.pk if device else None
        return Response(serializers.BoundSerializer(enrollment).data)
