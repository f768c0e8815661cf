"""Sessions, in a portal that runs, of an officer with an exercise and of its makers."""

import json
from datetime import timedelta

from django.utils import timezone

from devstack.demo.signed_in import officer_session
from offices.models import Officer
from registration.models import ExerciseAnswer
from registration.services.exercises.arriving import let_come
from registration.services.exercises.making import Draft, answer_blind, make_exercise
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.known_cases import HOUR, draft, officer_of_a_province, person
from tests.walks import burst, card_photos, selfie


def session_of(officer: Officer) -> str:
    return str(officer_session(officer).session_key)


def with_faces(nth: int, **other: object) -> Draft:
    """The selfie of one and the card of another, head turns with them."""
    front, back = card_photos(1)
    shown = {"portrait": selfie(1), "selfie": selfie(0), "card_front": front, "card_back": back}
    frames = [*burst(0, "turn_left")[:3], *burst(0, "turn_right")[:3]]
    return draft(nth, pictures=shown, frames=frames, **other)


def _answered_before(officer: Officer, known: Draft, *, by: tuple[Officer, Officer]) -> None:
    """Twelve answers of last week to one that is no longer there."""
    exercise = make_exercise(known, officer=by[0])
    answer_blind(exercise, officer=by[1], move=exercise.move, reason=exercise.reason)
    at = timezone.now() - timedelta(days=9)
    gone = let_come(exercise, officer.office, after=at - timezone.now())
    type(gone).objects.filter(pk=gone.pk).update(gone_at=at)
    for nth in range(12):
        ExerciseAnswer.objects.create(
            served=gone, officer=officer, office=officer.office, decided_at=at,
            move="reject" if nth % 4 else "approve",
        )  # fmt: skip


def make() -> str:
    office = OfficeFactory(code="7701")
    officer, maker = OfficerFactory(office=office), officer_of_a_province("9001")
    second, supervisor = (
        officer_of_a_province("9101"),
        OfficerFactory(office=office, supervisor=True),
    )
    used = make_exercise(with_faces(1), officer=maker)
    answer_blind(used, officer=second, move=used.move, reason=used.reason)
    served = let_come(used, office, after=-HOUR)
    other = person(2, last_name_th="สุขใจ")
    fresh = make_exercise(with_faces(2, registered=other), officer=maker)
    _answered_before(officer, with_faces(3), by=(maker, second))
    sessions = {
        "officer": officer, "maker": maker, "second": second, "supervisor": supervisor,
    }  # fmt: skip
    keys = {name: session_of(one) for name, one in sessions.items()}
    return json.dumps(keys | {"served": str(served.pk), "fresh": str(fresh.pk)})
