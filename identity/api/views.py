from base64 import b64encode

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dopa_portal.storage import read_sealed
from identity.models import DigitalID
from identity.numbers import mask_number
from identity.presentation import Verdict, check_presentation
from identity.services import full_names


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(max_length=2000, help_text="What the shown QR code carries.")


class ShownSerializer(serializers.Serializer):
    """What the holder shows: as much as the plastic card's face, the number masked."""

    photo = serializers.CharField(help_text="JPEG as a data address; empty for IDs of the pilot.")
    name_th = serializers.CharField()
    name_en = serializers.CharField()
    number = serializers.CharField()
    birth_date = serializers.CharField()
    assurance = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)


class CheckSerializer(serializers.Serializer):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    sentence = serializers.CharField()
    shown = ShownSerializer(allow_null=True)


class CannotCheckNow(APIException):
    """Whether a code is used for the first time cannot be told: no answer rather than a wrong
    one.
    """

    status_code = 503
    default_code = "cannot_check_now"
    default_detail = _("Codes cannot be checked just now. Please try again in a moment.")


@method_decorator(never_cache, name="dispatch")
class CheckView(APIView):
    """Anyone may check a digital ID that is shown to them; every check is written down."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_scope = "check"

    @extend_schema(
        request=TokenSerializer,
        responses=CheckSerializer,
        auth=[],
        summary="Check a shown digital ID",
    )
    def post(self, request: Request) -> Response:
        serializer = TokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            result = check_presentation(serializer.validated_data["token"])
        except RedisError as error:
            raise CannotCheckNow from error
        shown = face_of(result.digital_id) if result.digital_id else None
        return Response(
            {"verdict": result.verdict, "sentence": result.verdict.label, "shown": shown}
        )


def face_of(digital_id: DigitalID) -> dict:
    holder = digital_id.holder
    names = full_names(holder)
    picture = b64encode(read_sealed(digital_id.portrait)).decode() if digital_id.portrait else ""
    return {
        "photo": f"data:image/jpeg;base64,{picture}" if picture else "",
        "name_th": names["th"],
        "name_en": names["en"],
        "number": mask_number(holder["number"]),
        "birth_date": holder["birth_date"],
        "assurance": digital_id.assurance,
        "expires_on": digital_id.expires_on,
    }
