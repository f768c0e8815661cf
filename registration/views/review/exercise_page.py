"""The context of a case's page for an exercise: the same keys, nothing that tells them apart."""

from collections.abc import Container

from django.utils.translation import gettext as _

from core.typing import Context, Json
from identity.life import OFFICERS_REASONS
from identity.person import FIELDS, NOBODY
from offices.requests import OfficerRequest
from registration.explanations import ComparedField, explain, in_memory
from registration.models import EvidenceKind, Exercise, ServedExercise
from registration.services import review
from registration.services.exercises.deciding import needs_second
from registration.services.exercises.seeing import is_blind, readable_answers, timeline
from registration.services.exercises.taking import is_for_a_colleague
from registration.states import WAITING, State
from registration.views.review.case import reasons_for
from registration.views.review.forms import DecisionForm
from registration.views.review.pictures import SHOWN_PICTURES, film_shown
from registration.views.review.undoing import to_undo
from verification.findings import Check

NOTHING_MORE: Context = {
    "reassign": None,
    "reopenable": False,
    "second_person": [],
    "digital_id": None,
    "status_steps": {},
    "life_reasons": OFFICERS_REASONS,
    "appeal": None,
    "attempts": [],
    "registrations": [],
}


def exercise_context(request: OfficerRequest, served: ServedExercise) -> Context:
    officer, exercise = request.user, served.exercise
    kept: dict[str, Json] = dict(exercise.pictures.values_list("kind", "details"))
    mine = served.state == State.IN_REVIEW and served.held_by_id == officer.pk
    blind = is_blind(served, officer)
    return NOTHING_MORE | {
        "case": served,
        "mine": mine,
        "for_a_colleague": served.state in WAITING and is_for_a_colleague(served, officer),
        "takes_two": mine and needs_second(served, officer),
        "findings": [explain(finding, {}) for finding in in_memory(exercise.findings)],
        "fields": compared_fields(exercise),
        "pictures": pictures_of(exercise, kept),
        "film": film_shown(kept.get(EvidenceKind.FRAMES)),
        "has_selfie": EvidenceKind.SELFIE in kept,
        "has_both_faces": {EvidenceKind.SELFIE, EvidenceKind.PORTRAIT} <= kept.keys(),
        "blind": blind,
        "decisions": readable_answers(served, officer, blind=blind),
        "reasons": reasons_for(served) if mine else {},
        "form": DecisionForm(),
        "undo": to_undo(request),
        "timeline": timeline(served, reader=officer, blind=blind),
    }


def pictures_of(exercise: Exercise, kept: Container[str]) -> list[tuple[str, str]]:
    """Kind and words, as the page of a case has them."""
    shown = [(kind.value, str(kind.label)) for kind in SHOWN_PICTURES if kind in kept]
    turned = any(
        one["check_name"] == Check.SOLID and one.get("score") is not None
        for one in exercise.findings
    )
    if turned and EvidenceKind.FRAMES in kept:
        after = [kind for kind, _label in shown].index(EvidenceKind.FRAMES) + 1
        shown.insert(after, (review.BENT, _("What is new in the turned head")))
    return shown


def compared_fields(exercise: Exercise) -> list[ComparedField]:
    """What the card says was surely read and confirmed; what differs, differs in the register."""
    person, registered = exercise.person or NOBODY, exercise.registered or NOBODY
    return [
        ComparedField(
            label=str(field.label),
            name=name,
            read=getattr(person, name),
            doubtful=False,
            confirmed=getattr(person, name),
            registered=getattr(registered, name),
        )
        for name, field in FIELDS.items()
    ]
