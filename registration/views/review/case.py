"""The page of one case."""

import uuid
from collections.abc import Container

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.typing import Context, Json
from identity.life import OFFICERS_REASONS
from identity.person import FIELDS, NOBODY
from offices.access import officer_who
from offices.fresh import unsent
from offices.requests import OfficerRequest
from population.register import registered_person
from registration.explanations import ComparedField, explain, named_candidates
from registration.models import (
    DecisionReason,
    Enrollment,
    EvidenceKind,
    Finding,
    ServedExercise,
)
from registration.rejection import appeal_of
from registration.services import decisions, review, review_history
from registration.services.barred import is_for_a_colleague
from registration.services.reassigning.plan import deciding_within
from registration.services.reissuing import digital_id_of
from registration.services.renewing import FORMER, former
from registration.states import WAITING, State
from registration.views.review.forms import DecisionForm, ReassignForm
from registration.views.review.pictures import SHOWN_PICTURES, film_shown
from registration.views.review.reach import case_within_reach
from registration.views.review.status import steps_for
from registration.views.review.undoing import to_undo
from verification.findings import Check


@require_GET
@never_cache
@officer_who("reads_cases")
def case(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = case_within_reach(request, pk)
    review.view_case(enrollment, officer=request.user)
    return render(request, "review/case.html", case_context(request, enrollment))


def case_context(request: OfficerRequest, enrollment: Enrollment) -> Context:
    findings = list(enrollment.findings.filter(attempt=enrollment.selfie_attempts))
    candidates = named_candidates(findings, request.user)
    current = enrollment.evidence.filter(replaced_at=None, deleted_at=None)
    kept: dict[str, Json] = dict(current.values_list("kind", "details"))
    mine = enrollment.state == State.IN_REVIEW and enrollment.held_by_id == request.user.pk
    blind = review_history.is_blind(enrollment, request.user)
    return _of_supervisors(request, enrollment) | {
        "case": enrollment,
        "mine": mine,
        "for_a_colleague": enrollment.state in WAITING
        and is_for_a_colleague(enrollment, request.user),
        "takes_two": mine and decisions.needs_second_officer(enrollment, request.user),
        "findings": [explain(finding, candidates) for finding in findings],
        "fields": compared_fields(enrollment),
        "pictures": _pictures(enrollment, kept, turned=_was_turned(findings)),
        "film": film_shown(kept.get(EvidenceKind.FRAMES)),
        "has_selfie": EvidenceKind.SELFIE in kept,
        "has_both_faces": {EvidenceKind.SELFIE, EvidenceKind.PORTRAIT} <= kept.keys(),
        "blind": blind,
        "appeal": appeal_of(enrollment),
        "decisions": review_history.readable_decisions(enrollment, request.user, blind=blind),
        "reasons": reasons_for(enrollment) if mine else {},
        "form": DecisionForm(),
        "undo": to_undo(request),
        "timeline": review_history.timeline(enrollment, reader=request.user, blind=blind),
        "attempts": review_history.earlier_attempts(enrollment),
        "registrations": review_history.earlier_registrations(enrollment, request.user),
    }


def _was_turned(findings: list[Finding]) -> bool:
    """Whether a head turn was seen, so that there is something to lay over."""
    return any(one.check_name == Check.SOLID and one.score is not None for one in findings)


def _pictures(
    enrollment: Enrollment, kept: Container[str], *, turned: bool
) -> list[tuple[str, str]]:
    """Kind and words; of a renewal, whom the former digital ID shows comes beside the selfie."""
    shown = [(kind.value, str(kind.label)) for kind in SHOWN_PICTURES if kind in kept]
    if turned and EvidenceKind.FRAMES in kept:
        after = [kind for kind, _label in shown].index(EvidenceKind.FRAMES) + 1
        shown.insert(after, (review.BENT, _("What is new in the turned head")))
    digital_id = former(enrollment)
    if digital_id is not None and digital_id.portrait:
        shown.insert(min(len(shown), 2), (FORMER, _("Picture of the former digital ID")))
    return shown


def _of_supervisors(request: OfficerRequest, enrollment: Enrollment) -> Json:
    """What else may be done: give the case away, open it again, change the digital ID."""
    officer = request.user
    digital_id = digital_id_of(enrollment)
    reassignable = officer.supervises and enrollment.can("reassign")
    return {
        "reassign": ReassignForm(colleagues=deciding_within(officer), initial=unsent(request))
        if reassignable
        else None,
        "reopenable": officer.supervises and enrollment.can("reopen") and not enrollment.appealed,
        "second_person": enrollment.second_person_requests.filter(answer="").select_related(
            "asked_by"
        ),
        "digital_id": digital_id,
        "status_steps": steps_for(officer, enrollment, digital_id) if digital_id else {},
        "life_reasons": OFFICERS_REASONS,
    }


def reasons_for(
    enrollment: Enrollment | ServedExercise,
) -> dict[str, list[tuple[str, str, str]]]:
    """By move: (code, words for the officer, words for the citizen)."""
    found: dict[str, list[tuple[str, str, str]]] = {"reject": [], "ask_retake": []}
    for reason in DecisionReason.objects.filter(active=True):
        found[reason.move].append((reason.code, str(reason), reason.text(enrollment.language)))
    return found


def compared_fields(enrollment: Enrollment) -> list[ComparedField]:
    """What was read, confirmed and registered, line by line."""
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    reading = enrollment.reading
    confirmed = enrollment.confirmed or NOBODY
    person = registered_person(enrollment.number_key).person
    return [
        ComparedField(
            label=str(field.label),
            name=name,
            read=reading.of(name).value if reading else "",
            doubtful=reading is not None and reading.of(name).confidence < sure,
            confirmed=getattr(confirmed, name),
            registered=getattr(person, name),
        )
        for name, field in FIELDS.items()
    ]
