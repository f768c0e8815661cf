"""What an officer of a province fills in about an exercise."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from core.typing import Cleaned
from identity.person import FIELDS, REGISTERED
from identity.text import tidy
from registration.confirm_form import ConfirmForm
from registration.models import DecisionReason, EvidenceKind, KnownAnswer
from registration.services.exercises.making import DOUBTED, PICTURES, Draft
from registration.upload_fields import FilesField, PhotoField

FEWEST_FRAMES, MOST_FRAMES = 4, 12
NOT_DIFFERING = frozenset({"number", "birth_date"})
DIFFERING = [name for name in FIELDS if name in REGISTERED and name not in NOT_DIFFERING]


class AnswerForm(forms.Form):
    """The answer that two people have to give alike."""

    move = forms.ChoiceField(
        label=_("Right answer"), choices=[("", "-"), *KnownAnswer.choices],
        error_messages={"required": _("Please choose an answer.")},
    )  # fmt: skip
    reason = forms.ModelChoiceField(
        DecisionReason.objects.filter(active=True), label=_("Reason"), required=False,
        empty_label=_("None (to approve)"),
    )  # fmt: skip

    def clean(self) -> Cleaned:
        super().clean()
        return check_answer_fields(self)


def check_answer_fields(form: forms.Form) -> Cleaned:
    data = form.cleaned_data
    move, reason = data.get("move"), data.get("reason")
    if move and (reason.move if reason else "approve") != move:
        form.add_error("reason", _("Please choose a reason that goes with the answer."))
    return data


class ExerciseForm(ConfirmForm):
    """All of an exercise; `draft()` is what the service takes."""

    portrait = PhotoField(label=EvidenceKind.PORTRAIT.label)
    selfie = PhotoField(label=EvidenceKind.SELFIE.label)
    card_front = PhotoField(label=EvidenceKind.CARD_FRONT.label)
    card_back = PhotoField(label=EvidenceKind.CARD_BACK.label)
    frames = FilesField(
        label=_("Pictures of two head turns"),
        required=False,  # what is missing is told with how many there have to be
        help_text=_("4 to 12, in the order in which they were taken."),
    )
    doubted = forms.MultipleChoiceField(
        label=_("Checks that did not pass"), required=False,
        choices=[(str(check), check.label) for check in DOUBTED],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    differs = forms.ChoiceField(
        label=_("What differs in the register"), required=False,
        choices=[("", _("Nothing")), *[(name, FIELDS[name].label) for name in DIFFERING]],
    )  # fmt: skip
    registered_value = forms.CharField(
        label=_("What the register says instead"), required=False, max_length=80
    )
    move = AnswerForm.base_fields["move"]
    reason = AnswerForm.base_fields["reason"]
    consented = forms.BooleanField(
        label=_(
            "Everybody who is shown has agreed in writing to be shown in exercises, and knows that"
            " it can be ended at any time."
        ),
        error_messages={"required": _("Without their agreement their pictures must not be used.")},
    )  # fmt: skip

    @property
    def pictures(self) -> list[forms.BoundField]:
        return [self[str(kind)] for kind in PICTURES]

    def clean_frames(self) -> list[bytes]:
        files = self.cleaned_data["frames"]
        if not FEWEST_FRAMES <= len(files) <= MOST_FRAMES:
            raise forms.ValidationError(_("Please choose 4 to 12 pictures."))
        return [file.read() for file in files]

    def clean(self) -> Cleaned:
        data = super().clean()
        if data.get("differs") and not tidy(data.get("registered_value", "")):
            self.add_error("registered_value", _("Please write what the register says."))
        return check_answer_fields(self) and data

    def draft(self) -> Draft:
        data = self.cleaned_data
        person = data["confirmed"]
        held = {name: getattr(person, name) if name in REGISTERED else "" for name in FIELDS}
        if data["differs"]:
            held[data["differs"]] = tidy(data["registered_value"])
        return Draft(
            person=person,
            registered=replace(person, **held),
            pictures={kind: data[kind].read() for kind in PICTURES},
            frames=data["frames"],
            doubted=data["doubted"],
            move=data["move"],
            reason=data["reason"].pk if data["reason"] else "",
        )
