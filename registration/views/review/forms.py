"""What officers fill in: a decision, the choice of cases in the queue, a view's name."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.form_choices import offer_rows
from core.typing import Cleaned, Json
from offices.lever_forms import reason_field
from offices.models import Office, Officer
from registration.models import Channel, DecisionReason, Enrollment, Risk
from registration.services.decisions import LONGEST_MESSAGE
from registration.services.review_queue import LISTS, SORTS
from verification.findings import Check

MOVES = ("approve", "reject", "ask_retake", "pass_to_second")


class DecisionForm(forms.Form):
    """An officer's decision; one that turns the citizen back needs a reason of its own."""

    move = forms.ChoiceField(choices=[(name, name) for name in MOVES])
    reasons = forms.ModelMultipleChoiceField(
        DecisionReason.objects.filter(active=True), to_field_name="code", required=False
    )
    message = forms.CharField(max_length=LONGEST_MESSAGE, required=False)
    then = forms.ChoiceField(choices=[("next", "next"), ("queue", "queue")], required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        move = data.get("move") if data else ""
        if move in MOVES:
            self.auto_id = f"%s-{move}"  # the page has a dialog for each

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        chosen = data.get("reasons") or []
        wanted = data.get("move") in {"reject", "ask_retake"}
        if wanted and (not chosen or any(one.move != data["move"] for one in chosen)):
            self.add_error("reasons", _("Please choose a reason."))
        return data


class ReassignForm(forms.Form):
    officer = forms.ModelChoiceField(Officer.objects.none(), label=_("Officer"), empty_label="-")
    reason = reason_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        colleagues: QuerySet[Officer],
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, auto_id="reassign-%s", initial=initial)
        offer_rows(self, "officer", colleagues)


class QueueForm(forms.Form):
    """The choice of cases; every field may be left out. `chosen` is what it comes to."""

    DEFAULTS: ClassVar[Json] = {"queue": "waiting", "sort": "oldest"}

    queue = forms.ChoiceField(choices=[(name, name) for name in LISTS], required=False)
    doubt = forms.ChoiceField(
        label=_("Why"), choices=[("", _("All")), *Check.choices], required=False
    )
    risk = forms.TypedChoiceField(
        label=_("Risk"), choices=[("", _("All")), *Risk.choices], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("All")), *Channel.choices], required=False
    )
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), empty_label=_("All"), required=False
    )
    appeal = forms.BooleanField(label=_("Appeals"), required=False)
    late = forms.BooleanField(label=_("Over the service target"), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if officer.role in {"officer", "supervisor"}:
            del self.fields["office"]  # there is only the own one
            return
        with_cases = Enrollment.objects.visible_to(officer).values("office")
        offices = Office.objects.filter(pk__in=with_cases).order_by("code")
        offer_rows(self, "office", offices)

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        for name, value in self.DEFAULTS.items():
            data[name] = data.get(name) or value
        return data
