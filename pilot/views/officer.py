"""The officers' work list of the pilot: who differs from the register, and what to do."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from audit.actions import Action
from audit.services import Actor, record
from identity.person import comparable
from offices.access import officer_who
from pilot.contract import PERSON
from pilot.decisions import issue_after_all, refuse
from pilot.models import ISSUABLE, MemberState, PilotMember
from population.register import registered_person
from registration.errors import Refused

PAGE_SIZE = 50
LABELS = {
    "number": _("National ID number"),
    "title_th": _("Title (Thai)"),
    "first_name_th": _("First name (Thai)"),
    "last_name_th": _("Last name (Thai)"),
    "birth_date": _("Birth date"),
}
DECISIONS = {"issue": issue_after_all, "refuse": refuse}


@require_GET
@never_cache
@officer_who("decides")
def pilot_list(request: HttpRequest) -> HttpResponse:
    mine = PilotMember.objects.visible_to(request.user).differing().select_related("office")
    page = Paginator(mine.order_by("activated_on", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {"members": page.object_list, "page": page, "count": page.paginator.count}
    return render(request, "pilot/list.html", context)


@require_GET
@never_cache
@officer_who("decides")
def pilot_case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """File and register side by side; that somebody looked is written down."""
    member = _within_reach(request, pk)
    record(Action.PILOT_CASE_VIEWED, member, actor=Actor.officer(request.user))
    context = {
        "member": member,
        "fields": _compared(member),
        "may_issue": member.difference in ISSUABLE,
        "undecided": member.state == MemberState.DIFFERS,
    }
    return render(request, "pilot/case.html", context)


@require_POST
@officer_who("decides")
def pilot_decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    member = _within_reach(request, pk)
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        messages.error(request, _("Please choose what to do."))
        return redirect("pilot:case", pk=pk)
    try:
        decide(member, officer=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("pilot:case", pk=pk)
    messages.success(request, _("The decision has been recorded."))
    return redirect("pilot:list")


def _within_reach(request: HttpRequest, pk: uuid.UUID) -> PilotMember:
    visible = PilotMember.objects.visible_to(request.user).select_related("office", "decided_by")
    member = get_object_or_404(visible, pk=pk)
    if not member.difference:  # there is nothing to decide, so nothing to look at
        raise Http404
    return member


def _compared(member: PilotMember) -> list[dict]:
    """The fields line by line; none once it is decided, as the file's words are deleted then."""
    if member.person is None:
        return []
    known = registered_person(member.number_key).person
    return [
        {
            "name": name,
            "label": LABELS[name],
            "told": getattr(member.person, name),
            "registered": getattr(known, name),
            "differs": comparable(name, getattr(known, name))
            != comparable(name, getattr(member.person, name)),
        }
        for name in PERSON
    ]
