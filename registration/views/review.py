"""The officers' pages: the queue of the office, a case, a decision."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dopa_portal.storage import read_sealed
from identity.register import registered_person
from offices.access import officer_who
from registration.errors import Refused
from registration.explanations import FIELD_NAMES, ComparedField, explain
from registration.forms import DecisionForm
from registration.models import (
    Enrollment,
    EvidenceKind,
    Finding,
    RejectReason,
    RetakeReason,
)
from registration.services import review
from registration.services.evidence import current_picture
from registration.states import State
from verification.findings import Check

QUEUES = {
    "waiting": (State.WAITING_REVIEW, State.SECOND_REVIEW),
    "taken": (State.IN_REVIEW,),
    "retake": (State.RETAKE,),
    "decided": (State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED, State.REJECTED),
}
PAGE_SIZE = 50
SHOWN_PICTURES = (
    EvidenceKind.PORTRAIT,
    EvidenceKind.SELFIE,
    EvidenceKind.CARD_FRONT,
    EvidenceKind.CARD_BACK,
)


@require_GET
@never_cache
@officer_who("decides")
def queue(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("queue", "waiting")
    if name not in QUEUES:
        raise Http404
    mine = Enrollment.objects.visible_to(request.user)
    cases = (
        mine.filter(state__in=QUEUES[name])
        .select_related("office", "held_by")
        .order_by("state_since")[:PAGE_SIZE]
    )
    context = {
        "cases": cases,
        "queue": name,
        "queues": [(key, mine.filter(state__in=states).count()) for key, states in QUEUES.items()],
    }
    return render(request, "review/queue.html", context)


@require_POST
@officer_who("decides")
def take_next(request: HttpRequest) -> HttpResponse:
    taken = review.take_next_case(request.user)
    if taken is None:
        messages.info(request, _("No case is waiting. Well done."))
        return redirect("review:queue")
    return redirect("review:case", pk=taken.pk)


@require_GET
@never_cache
@officer_who("decides")
def case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = _case(request, pk)
    review.view_case(enrollment, officer=request.user)
    return render(request, "review/case.html", _case_context(request, enrollment))


@require_POST
@officer_who("decides")
def take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, lambda found: review.take_case(found, officer=request.user))


@require_POST
@officer_who("decides")
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda found: review.release_case(found, officer=request.user),
        then="review:queue",
    )


@require_POST
@officer_who("decides")
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Decide, then go to the next case by the button on the queue's page."""
    enrollment = _case(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        context = _case_context(request, enrollment) | {"form": form}
        return render(request, "review/case.html", context, status=422)
    data = form.cleaned_data
    reasons = {"reason": data["reason"], "message": data["message"]}
    decisions = {
        "approve": lambda: review.approve_enrollment(enrollment, officer=request.user),
        "reject": lambda: review.reject_enrollment(enrollment, officer=request.user, **reasons),
        "ask_retake": lambda: review.ask_for_retake(enrollment, officer=request.user, **reasons),
        "pass_to_second": lambda: review.pass_to_second_officer(
            enrollment, officer=request.user, message=data["message"]
        ),
    }
    try:
        decided = decisions[data["move"]]()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("review:case", pk=pk)
    messages.success(
        request,
        _("%(reference)s: %(state)s.")
        % {"reference": decided.reference, "state": decided.get_state_display()},
    )
    return redirect("review:queue")


@require_GET
@never_cache
@officer_who("decides")
def picture(request: HttpRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """A picture of a case within reach. It is never kept by the browser or a proxy."""
    if kind not in SHOWN_PICTURES:
        raise Http404
    evidence = current_picture(_case(request, pk), kind)
    if evidence is None:
        raise Http404
    return HttpResponse(read_sealed(evidence.name), content_type="image/jpeg")


def _case(request: HttpRequest, pk: uuid.UUID) -> Enrollment:
    """The case, if it is within this officer's reach: a stranger's file is not there."""
    visible: QuerySet[Enrollment] = Enrollment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("office", "held_by"), pk=pk)


def _act(request: HttpRequest, pk: uuid.UUID, action, *, then: str = "") -> HttpResponse:
    try:
        action(_case(request, pk))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(then) if then else redirect("review:case", pk=pk)


def _case_context(request: HttpRequest, enrollment: Enrollment) -> dict:
    findings = list(enrollment.findings.filter(attempt=enrollment.selfie_attempts))
    candidates = _candidates(request, findings)
    kept = set(
        enrollment.evidence.filter(replaced_at=None, deleted_at=None).values_list("kind", flat=True)
    )
    return {
        "case": enrollment,
        "mine": enrollment.state == State.IN_REVIEW and enrollment.held_by_id == request.user.pk,
        "findings": [explain(finding, candidates) for finding in findings],
        "fields": compared_fields(enrollment),
        "pictures": [(kind.value, kind.label) for kind in SHOWN_PICTURES if kind in kept],
        "decisions": enrollment.decisions.select_related("officer"),
        "reject_reasons": RejectReason.choices,
        "retake_reasons": RetakeReason.choices,
        "form": DecisionForm(),
    }


def _candidates(request: HttpRequest, findings: list[Finding]) -> dict[str, Enrollment]:
    """The enrollments a duplicate finding names, of whatever office: that is the point of it.

    An officer sees their reference and office, and their pictures only if they are within reach.
    """
    subjects = [
        entry["subject"]
        for finding in findings
        if finding.check_name == Check.DUPLICATE
        for entry in finding.details.get("candidates", [])
    ]
    found = Enrollment.objects.filter(pk__in=subjects).select_related("office")
    within = set(
        Enrollment.objects.visible_to(request.user)
        .filter(pk__in=subjects)
        .values_list("pk", flat=True)
    )
    for candidate in found:
        candidate.within_reach = candidate.pk in within
    return {str(candidate.pk): candidate for candidate in found}


def compared_fields(enrollment: Enrollment) -> list[ComparedField]:
    """What was read, confirmed and registered, line by line."""
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    read = (enrollment.reading or {}).get("fields", {})
    confirmed = enrollment.confirmed or {}
    person = registered_person(enrollment.number_key) if enrollment.number_key else {}
    return [
        ComparedField(
            label=str(label),
            name=name,
            read=read.get(name, {}).get("value", ""),
            doubtful=read.get(name, {}).get("confidence", 1.0) < sure,
            confirmed=confirmed.get(name, ""),
            registered=person.get(name, ""),
        )
        for name, label in FIELD_NAMES.items()
    ]
