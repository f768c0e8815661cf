"""The eight steps for the app. Each view checks a shape, calls one service, answers with the
enrollment.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.guard.tries import origin_of_address
from identity.cleaning import clean_person
from identity.numbers import clean_number
from registration.api import answers, serializers
from registration.api.step_view import StepView, answer, handed_in
from registration.devices import device_class
from registration.errors import HasToWait
from registration.models import Channel, Enrollment
from registration.services import (
    capture,
    challenges,
    enrolling,
    renewing,
)


def _started(enrollment: Enrollment, token: str, code: int) -> Response:
    """As StartedSerializer describes it."""
    stands = answers.EnrollmentSerializer(enrollment).data
    return Response({**stands, "token": token}, status=code)


class StartView(StepView):
    permission_classes = [AllowAny]
    throttle_scope = "start"

    def check_throttles(self, request: Request) -> None:
        """Of renewals. Others are counted where they draw a ticket: whoever is called, was."""
        if not isinstance(request.data, dict) or request.data.get("renewal"):
            super().check_throttles(request)

    @extend_schema(
        request=serializers.StartSerializer,
        responses={201: answers.StartedSerializer, 202: serializers.TicketSerializer},
        auth=[],
        summary="Begin: choose self-registration",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        said, origin = data.pop("former"), origin_of_address(request)
        former = renewing.prove_former(**said, origin=origin) if data["renewal"] else None
        try:
            enrollment, token = enrolling.start_enrollment(
                channel=Channel.APP,
                language=data["language"],
                renewal=data["renewal"],
                former=former,
                ticket=data["ticket"],
                device=device_class(request.headers.get("User-Agent", "")),
            )
        except HasToWait as wait:
            told = serializers.TicketSerializer(wait).data
            again = {"Retry-After": str(wait.again)}
            return Response(told, status=status.HTTP_202_ACCEPTED, headers=again)
        return _started(enrollment, token, status.HTTP_201_CREATED)


class ResumeView(StepView):
    permission_classes = [AllowAny]
    throttle_scope = "resume"
    serializer_class = serializers.ResumeSerializer

    @extend_schema(
        request=serializers.ResumeSerializer,
        responses=answers.StartedSerializer,
        auth=[],
        summary="Come back with the reference number; the former token ends",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        enrollment, token = enrolling.resume_enrollment(
            reference=data["reference"], number=clean_number(data["number"])
        )
        return _started(enrollment, token, status.HTTP_200_OK)


class EnrollmentView(StepView):
    def is_open_while_limited(self) -> bool:
        return self.request.method == "GET"

    @extend_schema(responses=answers.EnrollmentSerializer, summary="Where the enrollment stands")
    def get(self, request: Request) -> Response:
        return answer(self.enrollment)

    @extend_schema(responses=answers.EnrollmentSerializer, summary="Withdraw")
    def delete(self, request: Request) -> Response:
        return answer(enrolling.withdraw(self.enrollment))


class TermsView(StepView):
    serializer_class = serializers.TermsSerializer

    def get_permissions(self) -> Sequence[Any]:
        return [AllowAny()] if self.request.method == "GET" else super().get_permissions()

    @extend_schema(
        responses=serializers.TermsSerializer, auth=[], summary="The version now in force"
    )
    def get(self, request: Request) -> Response:
        return Response({"version": settings.TERMS_VERSION})

    @extend_schema(
        request=serializers.TermsSerializer,
        responses=answers.EnrollmentSerializer,
        summary="Step 3: accept the terms",
    )
    def post(self, request: Request) -> Response:
        return answer(enrolling.accept_terms(self.enrollment, version=self.input()["version"]))


class CardSideView(StepView):
    throttle_scope = "upload"
    serializer_class = serializers.PictureSerializer

    @extend_schema(
        request={"multipart/form-data": serializers.PictureSerializer},
        responses={202: answers.EnrollmentSerializer},
        parameters=[OpenApiParameter("side", str, "path", enum=["front", "back"])],
        summary="Step 4: a photo of one side; with both there, the card is read",
    )
    def put(self, request: Request, side: str) -> Response:
        picture = self.input()["picture"].read()
        enrollment = capture.add_card_side(self.enrollment, side=side, picture=picture)
        return answer(enrollment, status.HTTP_202_ACCEPTED)


class DataView(StepView):
    serializer_class = serializers.ConfirmedSerializer

    @extend_schema(
        request=serializers.ConfirmedSerializer,
        responses=answers.EnrollmentSerializer,
        summary="Step 4: confirm the data, corrected where the reading was wrong",
    )
    def put(self, request: Request) -> Response:
        return answer(capture.confirm_data(self.enrollment, data=clean_person(self.input())))


class ChallengeView(StepView):
    while_limited = True
    serializer_class = serializers.AskTurnsSerializer

    @extend_schema(
        request=serializers.AskTurnsSerializer,
        responses={201: serializers.ChallengeSerializer},
        summary="Step 5: ask for the head turns of the next selfie, one by one",
    )
    def post(self, request: Request) -> Response:
        asked = self.input()
        challenge = challenges.issue_challenge(self.enrollment, colours=asked["colours"])
        answer = serializers.ChallengeSerializer(challenge).data
        return Response(answer, status=status.HTTP_201_CREATED)


class ChallengeStepView(StepView):
    while_limited = True
    serializer_class = serializers.StepTakenSerializer

    @extend_schema(
        request=serializers.StepTakenSerializer,
        responses=serializers.ChallengeSerializer,
        summary="Step 5: settle the frames of a head turn by their hashes, and be told the next",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        challenge = challenges.settle_step(
            self.enrollment, challenge_id=data["challenge"], digests=data["digests"]
        )
        return Response(serializers.ChallengeSerializer(challenge).data)


class SelfieView(StepView):
    while_limited = True
    throttle_scope = "upload"
    serializer_class = serializers.SelfieSerializer

    @extend_schema(
        request={"multipart/form-data": serializers.SelfieSerializer},
        responses={202: answers.EnrollmentSerializer},
        summary="Step 5: the selfie with the frames of the head turns",
    )
    def post(self, request: Request) -> Response:
        enrollment = capture.submit_selfie(self.enrollment, **handed_in(self.input()))
        return answer(enrollment, status.HTTP_202_ACCEPTED)


class RecaptureView(StepView):
    while_limited = True

    @extend_schema(
        request=None,
        responses=answers.EnrollmentSerializer,
        summary="Go back to photographing the card",
    )
    def post(self, request: Request) -> Response:
        return answer(capture.recapture_card(self.enrollment))
