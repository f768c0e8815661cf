"""Putting a suspended digital ID in force again, for the app: the device's key at every call, the
password with the selfie, and the platform's word that the app's camera took it.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from identity.api.own import OwnView, SecretField
from identity.models import DigitalID, DigitalIDStatus
from registration.api.serializers import ChallengeSerializer, SelfieSerializer, StepTakenSerializer
from registration.api.step_view import handed_in
from registration.services import resuming


class ResumeSelfieSerializer(SelfieSerializer):
    """As at step 5, with the password; the device's key is the one that signs the request."""

    device_key = None  # type: ignore[assignment]  # takes the field away
    password = SecretField(help_text="The present password of the digital ID.")


class ResumeStandingSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=DigitalIDStatus.choices)
    obstacle = serializers.ChoiceField(
        choices=["", *resuming.OBSTACLES], help_text="Why no selfie is taken now; empty if one is."
    )
    sentence = serializers.CharField(help_text="The same in words.")
    problem = serializers.CharField(help_text="Code of the check that failed last; empty if none.")
    left = serializers.IntegerField(help_text="Tries that are left today.")


def standing(digital_id: DigitalID, code: int = status.HTTP_200_OK) -> Response:
    found = resuming.standing_of(digital_id)
    told = {
        "status": digital_id.effective_status,
        "obstacle": found.obstacle,
        "sentence": str(resuming.OBSTACLES.get(found.obstacle, "")),
        "problem": found.failed,
        "left": found.left,
    }
    return Response(ResumeStandingSerializer(told).data, status=code)


class ResumeView(OwnView):
    throttle_scope = "upload"
    serializer_class = ResumeSelfieSerializer

    @extend_schema(
        responses=ResumeStandingSerializer,
        summary="Whether the holder can put the suspended digital ID in force again",
    )
    def get(self, request: Request) -> Response:
        return standing(self.device.digital_id)

    @extend_schema(
        request={"multipart/form-data": ResumeSelfieSerializer},
        responses={202: ResumeStandingSerializer},
        summary="Hand in the selfie that puts the suspended digital ID in force again",
    )
    def post(self, request: Request) -> Response:
        digital_id, key = self.open(), self.device.public_key
        taken = handed_in({**self.input(), "device_key": key})
        del taken["device_key"]
        resuming.hand_in_resume(digital_id, **taken)
        return standing(digital_id, status.HTTP_202_ACCEPTED)


class ResumeChallengeView(OwnView):
    throttle_scope = "upload"

    @extend_schema(
        request=None,
        responses={201: ChallengeSerializer},
        summary="Ask for the head turns of that selfie, one by one",
    )
    def post(self, request: Request) -> Response:
        challenge = resuming.ask_turns(self.device.digital_id)
        return Response(ChallengeSerializer(challenge).data, status=status.HTTP_201_CREATED)


class ResumeChallengeStepView(OwnView):
    throttle_scope = "upload"
    serializer_class = StepTakenSerializer

    @extend_schema(
        request=StepTakenSerializer,
        responses=ChallengeSerializer,
        summary="Settle the frames of a head turn of that selfie, and be told the next",
    )
    def post(self, request: Request) -> Response:
        data = self.input()
        challenge = resuming.settle_turn(
            self.device.digital_id, challenge_id=data["challenge"], digests=data["digests"]
        )
        return Response(ChallengeSerializer(challenge).data)
