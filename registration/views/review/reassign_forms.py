"""What is filled in to have cases moved together."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.form_choices import offer, offer_rows
from core.typing import Cleaned
from offices.lever_forms import reason_field
from offices.models import Office, Officer
from registration.models import Enrollment, Way
from registration.services.reassigning.plan import free_within, offices_for
from registration.services.reassigning.wish import MOST, Wish
from registration.states import WAITING, State
from verification.findings import Check

NEEDS = {
    Way.HANDS_BACK: ("officers",),
    Way.HANDS_GIVEN: ("officers", "to"),
    Way.LINE_GIVEN: ("to",),
    Way.LINE_MOVED: ("to_office",),
}
MISSING = {
    "officers": _("Please choose whose cases it is about."),
    "to": _("Please choose officers who are to have the cases."),
    "to_office": _("Please choose the office that is to have the cases."),
}


class OfficersChecks(forms.CheckboxSelectMultiple):
    """A name of its own: the page shows it as a list of boxes."""


class OfficersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not at run time
    widget = OfficersChecks

    def label_from_instance(self, obj: Officer) -> str:
        return f"{obj.name}, {obj.office.name}" if obj.office else obj.name


class ReassignmentForm(forms.Form):
    """Of hands or of the queue: what belongs to the other is not asked. `wish` is what it comes
    to.
    """

    way = forms.ChoiceField(label=_("What is to happen"), widget=forms.RadioSelect)
    officers = OfficersField(Officer.objects.none(), label=_("In whose hands"), required=False)
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("From the queue of"), empty_label=None, required=False
    )
    doubt = forms.ChoiceField(
        label=_("What the checks doubt"), choices=[("", _("All")), *Check.choices], required=False
    )
    count = forms.IntegerField(
        label=_("How many cases at most"), min_value=1, max_value=MOST, initial=10, required=False
    )
    to = OfficersField(Officer.objects.none(), label=_("To officers, one each"), required=False)
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label=_("To the office"), required=False
    )
    reason = reason_field()

    def __init__(self, data: QueryDict | None, *, officer: Officer, hands: bool) -> None:
        super().__init__(data, auto_id="hands-%s" if hands else "line-%s")
        moves = not hands and officer.role == "provincial"
        kept = {"way", "to", "reason"} | ({"officers"} if hands else {"office", "doubt", "count"})
        for name in set(self.fields) - kept - ({"to_office"} if moves else set()):
            del self.fields[name]
        ways = (Way.HANDS_BACK, Way.HANDS_GIVEN) if hands else (Way.LINE_GIVEN, Way.LINE_MOVED)
        offer(self, "way", [(way.value, way.label) for way in ways[: 2 if hands or moves else 1]])
        self.initial["way"] = ways[0].value
        offer_rows(self, "to", free_within(officer).select_related("office"))
        if hands:
            offer_rows(self, "officers", _holding(officer))
        else:
            offer_rows(self, "office", _with_line(officer))
        if moves:
            offer_rows(self, "to_office", offices_for(officer))

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        for name in NEEDS.get(data.get("way", ""), ()):
            if name in self.fields and name not in self.errors and not data.get(name):
                self.add_error(name, MISSING[name])
        if "office" in self.fields and not data.get("office"):
            self.add_error("office", _("No case waits there."))
        elif data.get("to_office") and data["to_office"] == data["office"]:
            self.add_error("to_office", _("The cases are in this office already."))
        return data

    def wish(self) -> Wish:
        data = self.cleaned_data
        given = data["way"] in {Way.HANDS_GIVEN, Way.LINE_GIVEN}
        moved = data["way"] == Way.LINE_MOVED
        return Wish(
            way=data["way"],
            reason=data["reason"],
            officers=[str(one.pk) for one in data.get("officers", ())],
            office=data["office"].pk if data.get("office") else "",
            doubt=data.get("doubt", ""),
            count=data.get("count") or MOST,
            to=[str(one.pk) for one in data["to"]] if given else [],
            to_office=data["to_office"].pk if moved else "",
        )


def _holding(officer: Officer) -> QuerySet[Officer]:
    held = Enrollment.objects.visible_to(officer).filter(state=State.IN_REVIEW)
    rows = Officer.objects.filter(pk__in=held.values("held_by"))
    return rows.select_related("office").order_by("name", "pk")


def _with_line(officer: Officer) -> QuerySet[Office]:
    line = Enrollment.objects.visible_to(officer).filter(state__in=WAITING)
    return Office.objects.filter(pk__in=line.values("office")).order_by("code")
