"""What the API answers of an enrollment."""

from datetime import datetime
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.typing import Json
from registration.models import Channel, Enrollment
from registration.rejection import rejection_text
from registration.retake_reason_text import retake_reason_text
from registration.services.appeals import open_appeal_end
from registration.services.help_codes import opened_at
from registration.states import State
from registration.steps import current_step, running_stage


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
        return text_of(open_appeal_end(enrollment))

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
