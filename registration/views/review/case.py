"""The page of one case."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from identity.register import registered_person
from offices.access import officer_who
from registration.explanations import FIELD_NAMES, ComparedField, explain, named_candidates
from registration.forms import DecisionForm
from registration.models import Enrollment, EvidenceKind, RejectReason, RetakeReason
from registration.services import review, review_history
from registration.states import State
from registration.views.review.pictures import SHOWN_PICTURES
from registration.views.review.reach import case_within_reach


@require_GET
@never_cache
@officer_who("decides")
def case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = case_within_reach(request, pk)
    review.view_case(enrollment, officer=request.user)
    return render(request, "review/case.html", case_context(request, enrollment))


def case_context(request: HttpRequest, enrollment: Enrollment) -> dict:
    findings = list(enrollment.findings.filter(attempt=enrollment.selfie_attempts))
    candidates = named_candidates(findings, request.user)
    kept = set(
        enrollment.evidence.filter(replaced_at=None, deleted_at=None).values_list("kind", flat=True)
    )
    mine = enrollment.state == State.IN_REVIEW and enrollment.held_by_id == request.user.pk
    return {
        "case": enrollment,
        "mine": mine,
        "takes_two": mine and review.needs_second_officer(enrollment, request.user),
        "findings": [explain(finding, candidates) for finding in findings],
        "fields": compared_fields(enrollment),
        "pictures": [(kind.value, kind.label) for kind in SHOWN_PICTURES if kind in kept],
        "has_selfie": EvidenceKind.SELFIE in kept,
        "decisions": enrollment.decisions.select_related("officer"),
        "reject_reasons": RejectReason.choices,
        "retake_reasons": RetakeReason.choices,
        "form": DecisionForm(),
        "timeline": review_history.timeline(enrollment),
        "attempts": review_history.earlier_attempts(enrollment),
        "registrations": review_history.earlier_registrations(enrollment, request.user),
    }


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
