"""Decisions, the reasons for them, and officers' own views."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from offices.models import Officer


class RetakeReason(models.TextChoices):
    """Why a picture has to be taken again; each names the picture that failed."""

    FACE_UNCLEAR = "face_unclear", _("We could not see your face clearly in the selfie.")
    FACE_QUALITY = "face_quality", _("The selfie was too dark, too bright or blurred.")
    SEVERAL_FACES = "several_faces", _("There was more than one face in the selfie.")
    NOT_LIVE = "not_live", _("The selfie has to be taken of you in person, not of a picture.")
    CHALLENGE = (
        "challenge",
        _("The head turns were not seen. Please follow the hints on the screen."),
    )
    CARD_UNCLEAR = "card_unclear", _("The photo of the card was not clear enough.")
    PORTRAIT_UNCLEAR = "portrait_unclear", _("The portrait in the photo of the card was not clear.")

    @property
    def concerns_card(self) -> bool:
        return self in {RetakeReason.CARD_UNCLEAR, RetakeReason.PORTRAIT_UNCLEAR}


class RejectReason(models.TextChoices):
    NOT_THE_SAME = "not_the_same", _("The face in the selfie is not the face on the card.")
    NOT_GENUINE = "not_genuine", _("The card in the photo is not an original card.")
    DATA_DIFFERS = "data_differs", _("The data differ from the population register.")
    UNDER_OTHER_NUMBER = (
        "under_other_number",
        _("The same person is registered under another number."),
    )
    ALREADY_REGISTERED = (
        "already_registered",
        _("You have a digital ID already. You can have it issued anew."),
    )
    NOTHING_TO_RENEW = (
        "nothing_to_renew",
        _("There is no digital ID under your number yet. Please register."),
    )
    OTHER = "other", _("Please visit a registration office with your card.")


class DecidingMove(models.TextChoices):
    REJECT = "reject", _("Reject")
    ASK_RETAKE = "ask_retake", _("Ask for a new photo")


MEANT_BY: dict[str, type[RejectReason] | type[RetakeReason]] = {
    DecidingMove.REJECT: RejectReason,
    DecidingMove.ASK_RETAKE: RetakeReason,
}


class DecisionReason(models.Model):
    """A reason officers may give, kept by administrators. Its words begin the citizen's message.

    `stands_for` is the machine's word for it: a RejectReason, or the RetakeReason that says which
    picture is taken again.
    """

    code = models.SlugField(_("Code"), primary_key=True, max_length=20)
    move = models.CharField(_("For"), max_length=20, choices=DecidingMove)
    stands_for = models.CharField(
        _("Stands for"), max_length=20, choices=[*RejectReason.choices, *RetakeReason.choices]
    )
    text_th = models.CharField(_("Sentence (Thai)"), max_length=200)
    text_en = models.CharField(_("Sentence (English)"), max_length=200)
    position = models.PositiveSmallIntegerField(_("Position"), default=100)
    active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["move", "position", "code"]
        verbose_name = _("Reason for a decision")
        verbose_name_plural = _("Reasons for decisions")

    def __str__(self) -> str:
        return self.text(get_language())

    def clean(self) -> None:
        meant = MEANT_BY.get(self.move)
        if meant and self.stands_for not in meant.values:
            raise ValidationError({"stands_for": _("This is no reason for that decision.")})

    def text(self, language: str) -> str:
        return self.text_th if language == "th" else self.text_en


class DecisionQuerySet(models.QuerySet["Decision"]):
    def in_force(self) -> "DecisionQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Decision(models.Model):
    """What an officer decided and why. `reasons` are codes of DecisionReason, the first counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="decisions"
    )
    officer = models.ForeignKey(Officer, models.PROTECT)
    move = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField(default=list)
    message = models.TextField(max_length=500, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at"]

    def __str__(self) -> str:
        return f"{self.move} by {self.officer_id}"


class SavedView(models.Model):
    """A choice of cases that an officer looks at often: the query of the queue's page."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "name"], name="one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
