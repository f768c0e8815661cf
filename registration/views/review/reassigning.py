"""A supervisor's page of the work, and moving cases together: filled in, shown, confirmed."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.typing import Context
from offices.access import officer_who
from offices.fresh import with_fresh_factor
from offices.requests import OfficerRequest
from registration.errors import Refused
from registration.models import Left, Reassignment, Way
from registration.services.reassigning.carrying_out import (
    may_undo,
    reassign_cases,
    undo_reassignment,
)
from registration.services.reassigning.plan import Plan, plan_of
from registration.services.reassigning.wish import Wish
from registration.services.workload import workload_of
from registration.views.review.reassign_forms import ReassignmentForm

DRAFT = "reassignment-draft"


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("supervises")
def workload(request: OfficerRequest) -> HttpResponse:
    """How the work stands; sent, one of its forms leads to what it would do."""
    sent = request.POST.get("form") if request.method == "POST" else None
    forms = {
        name: ReassignmentForm(
            request.POST if sent == name else None, officer=request.user, hands=name == "hands"
        )
        for name in ("hands", "line")
    }
    form = forms.get(sent or "")
    if form is not None and form.is_valid():
        request.session[DRAFT] = form.wish().as_json()
        return redirect("review:reassign_many")
    context: Context = {"work": workload_of(request.user), "forms": forms, "sent": form}
    return render(request, "review/workload.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("supervises")
@with_fresh_factor()
def reassign_many(request: OfficerRequest) -> HttpResponse:
    """What would happen, in cases and officers; sent, it happens if it is still that."""
    draft = request.session.get(DRAFT)
    if draft is None:
        return redirect("review:workload")
    wish = Wish.of_json(draft)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            shown = request.POST.get("shown", "")
            batch = reassign_cases(wish, by=request.user, shown=shown)
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("review:reassigned", pk=batch.pk)
    plan = plan_of(wish, by=request.user)
    context: Context = {"plan": plan, "effect": effect_of(plan), "refused": refused}
    status = refused.status if refused else 200
    return render(request, "review/reassign_many.html", context, status=status)


@require_GET
@never_cache
@officer_who("supervises")
def reassigned(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """What became of each case, for whoever moved them."""
    own = Reassignment.objects.filter(by=request.user).select_related("to_office")
    batch = get_object_or_404(own, pk=pk)
    rows = list(batch.cases.select_related("enrollment", "from_officer", "to_officer"))
    stay = [Left(row.left) for row in rows if row.left]
    context: Context = {
        "batch": batch,
        "rows": rows,
        "effect": _result(batch, len(rows) - len(stay), stay),
        "undone": sum(row.undone for row in rows),
        "may_undo": may_undo(batch, request.user),
    }
    return render(request, "review/reassigned.html", context)


@require_POST
@officer_who("supervises")
def undo_many(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    batch = get_object_or_404(Reassignment, by=request.user, pk=pk)
    try:
        undone = undo_reassignment(batch, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        words = ngettext("%(count)s case is back.", "%(count)s cases are back.", undone)
        messages.success(request, words % {"count": undone})
    return redirect("review:reassigned", pk=pk)


def effect_of(plan: Plan) -> list[str]:
    """Sentences: what would become of how many."""
    count, holders = len(plan.moved), plan.holders
    told = [_where_to(plan.wish.way, count, str(plan.to_office or ""))] if count else []
    if holders:
        words = ngettext(
            "It is taken out of the hands of %(count)s officer.",
            "They are taken out of the hands of %(count)s officers.",
            holders,
        )
        told.append(words % {"count": holders})
    return told + _staying(plan.stay.items())


def _result(batch: Reassignment, moved: int, stay: list[Left]) -> list[str]:
    left = {reason: stay.count(reason) for reason in dict.fromkeys(stay)}
    told = [_where_to(batch.way, moved, str(batch.to_office or ""))] if moved else []
    return told + _staying(left.items())


def _where_to(way: str, count: int, office: str) -> str:
    words = {
        Way.LINE_MOVED: ngettext(
            "%(count)s citizen's case goes to another office: %(office)s.",
            "%(count)s citizens' cases go to another office: %(office)s.",
            count,
        ),
        Way.HANDS_BACK: ngettext(
            "%(count)s citizen's case goes back to the queue.",
            "%(count)s citizens' cases go back to the queue.",
            count,
        ),
    }
    given = ngettext(
        "%(count)s citizen's case is given to an officer.",
        "%(count)s citizens' cases are given to as many officers.",
        count,
    )
    return words.get(Way(way), given) % {"count": count, "office": office}


def _staying(stay: Iterable[tuple[str, int]]) -> list[str]:
    return [
        ngettext(
            "%(count)s case stays where it is: %(why)s.",
            "%(count)s cases stay where they are: %(why)s.",
            count,
        )
        % {"count": count, "why": Left(reason).label}
        for reason, count in stay
    ]
