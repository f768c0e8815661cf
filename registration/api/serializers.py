"""What the API takes. Serializers check shapes; validators and services do the rest."""

from typing import Any

from rest_framework import serializers

from identity.numbers import clean_number
from identity.person import FIELDS
from registration.services.appeals import LONGEST
from registration.services.challenges import BURST
from registration.services.pictures import MAX_FRAMES

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
    ticket = serializers.CharField(
        max_length=80,
        default="",
        allow_blank=True,
        help_text="What a 202 gave, where there was one.",
    )


class TicketSerializer(serializers.Serializer[Any]):
    """More want to begin than can. `GET line/{number}/` says how many are before, and when it is
    its turn; then the start is sent again, with the ticket.
    """

    ticket = serializers.CharField(help_text="Keeps the place; serves once, from any network.")
    number = serializers.IntegerField()
    again = serializers.IntegerField(help_text="Ask in so many seconds; Retry-After says so too.")


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


class AskTurnsSerializer(serializers.Serializer[Any]):
    colours = serializers.BooleanField(
        default=False, help_text="Whether the app can show the step `colours`, and the person may."
    )


class ChallengeSerializer(serializers.Serializer[Any]):
    """`step` is the one to make now; the next is told once its frames are settled, null at last.
    With the step `colours` come those that the `screen` is to show, one after the other.
    """

    id = serializers.UUIDField()
    step = serializers.CharField(allow_null=True)
    screen = serializers.ListField(child=serializers.CharField(), help_text="sRGB, as #rrggbb.")
    expires_at = serializers.DateTimeField()


class StepTakenSerializer(serializers.Serializer[Any]):
    """`digests` are the SHA-256 (hex) of a step's frames, as they will be sent with the selfie.
    None for `colours` that are done without.
    """

    challenge = serializers.UUIDField()
    digests = serializers.ListField(
        child=serializers.RegexField(r"^[0-9a-f]{64}\Z"), max_length=BURST[1]
    )
