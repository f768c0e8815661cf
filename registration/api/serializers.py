"""What the API takes and gives. Serializers check shapes; validators and services do the rest."""

from datetime import datetime
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.typing import Json
from identity.numbers import clean_number
from identity.person import FIELDS
from registration.models import Channel, Enrollment
from registration.rejection import rejection_text
from registration.retake_reason_text import retake_reason_text
from registration.services.appeals import LONGEST, appeal_end, may_appeal
from registration.services.challenges import BURST
from registration.services.help_codes import opened_at
from registration.services.pictures import MAX_FRAMES
from registration.states import State
from registration.steps import current_step, running_stage

PROOF = (
    "JWS (ES256, typ dopa-proof+jwt) by the key that came with the selfie:"
    " {aud: %s, sub: the enrollment's id, nonce: its proof_nonce}."
)
NEEDED: dict[str, Any] = {}
MAY_BE_EMPTY: dict[str, Any] = {"default": "", "allow_blank": True}
PHOTO = "JPEG, PNG, WebP, HEIC or AVIF, at most 12 MB and 25 megapixels."


class FormerSerializer(serializers.Serializer[Any]):
    """A token that the present device signs (`aud` unlock), or number and password."""

    proof = serializers.CharField(max_length=2000, default="", allow_blank=True)
    number = serializers.CharField(max_length=20, default="", allow_blank=True)
    password = serializers.CharField(
        max_length=128, default="", allow_blank=True, trim_whitespace=False, write_only=True
    )

    def validate_number(self, number: str) -> str:
        return clean_number(number) if number else ""


class StartSerializer(serializers.Serializer[Any]):
    language = serializers.ChoiceField(choices=["th", "en"], default="th")
    renewal = serializers.BooleanField(
        default=False, help_text="Have the digital ID issued anew that the number has already."
    )
    former = FormerSerializer(
        default=dict, help_text="Of a renewal: what proves the holder. Without, an officer decides."
    )


class TermsSerializer(serializers.Serializer[Any]):
    version = serializers.CharField(max_length=20, help_text="The version that was shown.")


class PictureSerializer(serializers.Serializer[Any]):
    picture = serializers.FileField(help_text=PHOTO)


class ConfirmedSerializer(serializers.Serializer[Any]):
    """Dates are ISO; a birth date may be `1952` or `1952-03`, an expiry may be `lifelong`."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Those of a person; `identity.cleaning` says what each may hold."""
        return {
            name: serializers.CharField(
                max_length=field.longest,
                **(NEEDED if field.required else MAY_BE_EMPTY),
            )
            for name, field in FIELDS.items()
        }


class SelfieSerializer(serializers.Serializer[Any]):
    """`frames` are the pictures of the head turns, in order, whose hashes were settled step by
    step; `frame_times` their milliseconds.
    """

    selfie = serializers.FileField(help_text=PHOTO)
    frames = serializers.ListField(
        child=serializers.FileField(), default=list, max_length=MAX_FRAMES
    )
    frame_times = serializers.ListField(
        child=serializers.IntegerField(min_value=0), default=list, max_length=MAX_FRAMES
    )
    challenge = serializers.UUIDField(required=False, default=None)
    device_key = serializers.JSONField(
        required=False,
        default=None,
        help_text="Public P-256 JWK of this device; its private part signs what comes later.",
    )
    attestation = serializers.CharField(
        max_length=20_000,
        default="",
        allow_blank=True,
        help_text=(
            "Of Play Integrity or App Attest over these pictures; without, an officer looks."
        ),
    )


class AppealSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=LONGEST, help_text="Why the rejection is wrong.")
    card_code = serializers.CharField(
        max_length=20,
        default="",
        allow_blank=True,
        help_text="The code on the back of the card, for a token of reference and number.",
    )


class PasswordSerializer(serializers.Serializer[Any]):
    first = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    second = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    proof = serializers.CharField(
        max_length=2000, default="", allow_blank=True, help_text=PROOF % "password"
    )


class ConsentSerializer(serializers.Serializer[Any]):
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    proof = serializers.CharField(
        max_length=2000, default="", allow_blank=True, help_text=PROOF % "consent"
    )
    device_name = serializers.CharField(max_length=60, default="")


class ResumeSerializer(serializers.Serializer[Any]):
    reference = serializers.CharField(max_length=40)
    number = serializers.CharField(max_length=20)


class ChallengeSerializer(serializers.Serializer[Any]):
    """`step` is the one to make now; the next is told once its frames are settled, null at last."""

    id = serializers.UUIDField()
    step = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField()


class StepTakenSerializer(serializers.Serializer[Any]):
    """`digests` are the SHA-256 (hex) of a step's frames, as they will be sent with the selfie."""

    challenge = serializers.UUIDField()
    digests = serializers.ListField(
        child=serializers.RegexField(r"^[0-9a-f]{64}\Z"), min_length=BURST[0], max_length=BURST[1]
    )


class ReadFieldSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    confidence = serializers.FloatField()


class EnrollmentSerializer(serializers.ModelSerializer[Any]):
    """Where an enrollment stands and what is to be done next."""

    state = serializers.ChoiceField(choices=State.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    step = serializers.SerializerMethodField(help_text="The step to take next.")
    problem = serializers.SerializerMethodField(
        help_text="Code of what was wrong with the last try."
    )
    stage = serializers.SerializerMethodField(help_text="How far a running job has come.")
    retake = serializers.SerializerMethodField(help_text="Why a picture is asked for again.")
    rejection = serializers.SerializerMethodField(help_text="Why it was rejected, in words.")
    appeal_before = serializers.SerializerMethodField(
        help_text="Before when an appeal against the rejection can be filed; null where none can."
    )
    appealed_at = serializers.SerializerMethodField(help_text="When one was filed, or null.")
    agent_looked = serializers.SerializerMethodField(
        help_text="When an agent of 1548 opened the step by a code, or null."
    )
    reading = serializers.SerializerMethodField(help_text="What was read off the card, to confirm.")

    class Meta:
        model = Enrollment
        fields = [
            "id", "reference", "state", "channel", "language", "renewal", "open_until",
            "terms_version",
            "step", "problem", "stage", "retake", "rejection", "appeal_before", "appealed_at",
            "agent_looked", "reading", "digital_id", "proof_nonce",
        ]  # fmt: skip
        read_only_fields = fields

    def get_step(self, enrollment: Enrollment) -> str:
        return current_step(enrollment).name

    def get_problem(self, enrollment: Enrollment) -> str:
        return current_step(enrollment).problem

    def get_stage(self, enrollment: Enrollment) -> str:
        return running_stage(enrollment)

    def get_retake(self, enrollment: Enrollment) -> str:
        return retake_reason_text(enrollment) if enrollment.state == State.RETAKE else ""

    def get_rejection(self, enrollment: Enrollment) -> str:
        return rejection_text(enrollment) if enrollment.state == State.REJECTED else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_appeal_before(self, enrollment: Enrollment) -> str | None:
        return text_of(appeal_end(enrollment) if may_appeal(enrollment) else None)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_appealed_at(self, enrollment: Enrollment) -> str | None:
        return text_of(enrollment.appeal.filed_at if enrollment.appealed else None)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_agent_looked(self, enrollment: Enrollment) -> datetime | None:
        return opened_at(enrollment)

    @extend_schema_field(serializers.DictField(child=ReadFieldSerializer()))
    def get_reading(self, enrollment: Enrollment) -> Json:
        """Shown only while it waits to be confirmed."""
        hidden = enrollment.token_limited or enrollment.state != State.CARD_CAPTURED
        if hidden or not enrollment.reading:
            return {}
        sure = settings.MACHINE_THRESHOLDS["field_confidence"]
        return {
            name: {
                "value": field.value,
                "confidence": field.confidence,
                "doubtful": field.confidence < sure,
            }
            for name, field in enrollment.reading.fields.items()
        }


def text_of(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


class StartedSerializer(EnrollmentSerializer):
    """The one answer that carries the token."""

    token = serializers.CharField()

    class Meta(EnrollmentSerializer.Meta):
        fields = [*EnrollmentSerializer.Meta.fields, "token"]
        read_only_fields = fields


class BoundSerializer(EnrollmentSerializer):
    """The end of the way, with the id under which the device's key is known."""

    device = serializers.UUIDField(
        allow_null=True,
        help_text="`kid` of the tokens that the device signs; none where an officer has to look.",
    )

    class Meta(EnrollmentSerializer.Meta):
        fields = [*EnrollmentSerializer.Meta.fields, "device"]
        read_only_fields = fields
