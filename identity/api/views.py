from base64 import b64encode
from typing import Any

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.storage import read_sealed
from core.typing import Cleaned, Json
from identity.credential.sd_jwt import ages_reached
from identity.models import DigitalID
from identity.numbers import mask_number
from identity.presentation import CheckResult, Purpose, Verdict, check_presentation


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=2000, help_text="What the shown QR code carries.")


class ShownSerializer(serializers.Serializer[Any]):
    """What the holder agreed to show: always the photo, the rest as the purpose says. `all` is as
    much as the plastic card's face, the number masked.
    """

    photo = serializers.CharField(help_text="JPEG as a data address; empty for IDs of the pilot.")
    ages = serializers.DictField(
        child=serializers.BooleanField(), required=False, help_text="Reached: 18, 20, 60 years."
    )
    name_th = serializers.CharField(required=False)
    name_en = serializers.CharField(required=False)
    number = serializers.CharField(required=False)
    birth_date = serializers.CharField(required=False)
    assurance = serializers.CharField(required=False)
    expires_on = serializers.DateField(allow_null=True, required=False)


class CheckSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    sentence = serializers.CharField()
    purpose = serializers.ChoiceField(choices=Purpose.choices, allow_null=True)
    shown = ShownSerializer(allow_null=True)


@method_decorator(never_cache, name="dispatch")
class CheckView(APIView):
    """Anyone may check a digital ID that is shown to them; every check is written down."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_scope: str | None = "check"
    serializer = TokenSerializer

    def judged(self, _request: Request, asked: Cleaned) -> CheckResult:
        return check_presentation(asked["token"])

    @extend_schema(
        request=TokenSerializer,
        responses=CheckSerializer,
        auth=[],
        summary="Check a shown digital ID",
    )
    def post(self, request: Request) -> Response:
        serializer = self.serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        result = self.judged(request, serializer.validated_data)
        shown = agreed_face(result.digital_id, result.purpose) if result.digital_id else None
        return Response(
            {
                "verdict": result.verdict,
                "sentence": result.verdict.label,
                "purpose": result.purpose if shown else None,
                "shown": shown,
            }
        )


def agreed_face(digital_id: DigitalID, purpose: Purpose) -> Json:
    """What a checker gets to see: nothing that the holder's purpose does not name."""
    picture = b64encode(read_sealed(digital_id.portrait)).decode() if digital_id.portrait else ""
    photo = f"data:image/jpeg;base64,{picture}" if picture else ""
    return {"photo": photo} | AGREED[purpose](digital_id)


def ages_of(digital_id: DigitalID) -> Json:
    reached = ages_reached(digital_id.holder, on=timezone.localdate())
    return {"ages": {str(years): is_so for years, is_so in reached.items()}}


def names_of(digital_id: DigitalID) -> Json:
    names = digital_id.holder.full_names
    return {"name_th": names["th"], "name_en": names["en"]}


def face_of(digital_id: DigitalID) -> Json:
    holder = digital_id.holder
    return names_of(digital_id) | {
        "number": mask_number(holder.number),
        "birth_date": holder.birth_date,
        "assurance": digital_id.assurance,
        "expires_on": digital_id.expires_on,
    }


AGREED = {Purpose.ALL: face_of, Purpose.PHOTO: names_of, Purpose.AGE: ages_of}
