"""What an officer sees of an exercise: pictures, and a life like a case's."""

from datetime import datetime, timedelta

from audit.actions import Action
from audit.models import ActorKind, Entry
from audit.services import Actor, record
from offices.models import Officer
from registration.models import EvidenceKind, ServedExercise
from registration.models.served_exercises import AnswerQuerySet
from registration.services.exercises.film import film_in
from registration.services.exercises.making import exercise_picture
from registration.services.review import SHEETS
from registration.services.review_history import (
    LONGEST,
    Event,
    Move,
    as_events,
    as_read,
    may_decide,
    without_opinions,
)
from verification.images import BadImage

# What a citizen did before a case waits: the move, and from how many seconds before on.
BEGUN = (
    (Action.START, 540),
    (Action.ACCEPT_TERMS, 470),
    (Action.CAPTURE_CARD, 380),
    (Action.CONFIRM_DATA, 240),
    (Action.SUBMIT_SELFIE, 25),
    (Action.SEND_TO_REVIEW, 0),
)


def see_exercise(served: ServedExercise, *, officer: Officer) -> None:
    """The mark that an officer looked."""
    _note(served, officer, kind="case")


def see_picture(served: ServedExercise, kind: str, *, officer: Officer) -> bytes | None:
    """A picture with the mark that it was looked at; None where there is none."""
    sheet = SHEETS.get(kind)
    kept = exercise_picture(served.exercise, EvidenceKind.FRAMES if sheet else kind)
    try:
        seen = sheet(film_in(kept)) if sheet and kept else kept
    except (BadImage, ValueError):
        return None
    if seen is not None:
        _note(served, officer, kind=kind)
    return seen


def timeline(served: ServedExercise, *, reader: Officer, blind: bool) -> list[Event]:
    """What led to a case of this kind, and what officers did with this one, as with a case."""
    entries = Entry.objects.about(served).filter(action=Action.EXERCISE_MOVED).order_by("at", "id")
    moves = [Move(one, one.details["step"]) for one in entries[:LONGEST]]
    if may_decide(served.state, reader):
        moves = without_opinions(moves, reader=reader, blind=blind)
    return _begun(served) + as_events(moves, names_officers=not blind)


def readable_answers(served: ServedExercise, reader: Officer, *, blind: bool) -> AnswerQuerySet:
    """As registration.services.review_history.readable_decisions."""
    return as_read(served.answers.all(), reader=reader, blind=blind, at=served.state)


def _begun(served: ServedExercise) -> list[Event]:
    events = []
    for (action, before), chance in zip(BEGUN, served.pk.bytes[-len(BEGUN) :], strict=True):
        who = ActorKind.SYSTEM if action == Action.SEND_TO_REVIEW else ActorKind.CITIZEN
        at: datetime = served.waiting_since - timedelta(seconds=before + before * chance / 2000)
        events.append(Event(at=at, action=str(action.label), actor=str(who.label)))
    return events


def is_blind(served: ServedExercise, officer: Officer) -> bool:
    """As registration.services.review_history.is_blind."""
    if not may_decide(served.state, officer):
        return False
    firsts = served.answers.in_force().filter(move="pass_to_second")
    return firsts.exists() and not firsts.filter(officer=officer).exists()


def _note(served: ServedExercise, officer: Officer, *, kind: str) -> None:
    record(
        Action.EXERCISE_VIEWED,
        served,
        actor=Actor.officer(officer),
        subject_office=served.office_id,
        kind=kind,
        exercise=str(served.exercise_id),
    )
