"""Making an exercise, and the second person who decides it without having seen the answer."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from audit.actions import Action
from audit.services import Actor, record
from core.storage import delete_sealed, is_uuid, owns_files, read_sealed, save_sealed
from core.typing import Json
from identity.numbers import number_key
from identity.person import Person, differing
from offices.models import Officer
from population.register import registered_person
from registration.errors import Conflict, Refused
from registration.models import (
    DecisionReason,
    Enrollment,
    EvidenceKind,
    Exercise,
    ExercisePicture,
    KnownAnswer,
    Risk,
)
from registration.services.exercises.film import as_film
from verification.film import pack
from verification.findings import Check, Outcome
from verification.images import reencode

PICTURES = (
    EvidenceKind.PORTRAIT,
    EvidenceKind.SELFIE,
    EvidenceKind.CARD_FRONT,
    EvidenceKind.CARD_BACK,
)
MOST_SIDE = 1600
# What the pages of a case show of a score: its threshold, and what it can be at most.
SCORED = {
    Check.CARD_READABLE: ("card_sharpness", 1.0),
    Check.CARD_IS_ORIGINAL: ("card_is_copy", 1.0),
    Check.OWN_PICTURE: ("own_picture", 0.4),
    Check.FACE_MATCH: ("face_match", 0.9),
    Check.FACE_QUALITY: ("face_quality", 85.0),
    Check.LIVENESS: ("liveness", 1.0),
    Check.SOLID: ("solid_sure", 0.06),
}
DOUBTED = (  # what an exercise may have in doubt; the others pass, the register by its own word
    Check.CARD_IS_ORIGINAL,
    Check.OWN_PICTURE,
    Check.FACE_MATCH,
    Check.FACE_QUALITY,
    Check.LIVENESS,
    Check.SOLID,
)
ORDER = (
    Check.CARD_READABLE, Check.CARD_IS_ORIGINAL, Check.CARD_IS_CONSISTENT, Check.DATA_AS_READ,
    Check.REGISTER, Check.WAY_FITS, Check.CAPTURE, Check.PORTRAIT_FOUND, Check.FACE_FOUND,
    Check.FACE_QUALITY, Check.OWN_PICTURE, Check.FACE_MATCH, Check.LIVENESS, Check.CHALLENGE,
    Check.SOLID, Check.DUPLICATE, Check.FRESH_PICTURES,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the maker hands in. `frames` are those of two head turns: whoever registers at a counter
    has none, but is known to those who work there. `doubted` are the checks that did not pass.
    """

    person: Person
    registered: Person
    pictures: Mapping[str, bytes]
    frames: Sequence[bytes]
    doubted: Collection[str]
    move: str
    reason: str


@transaction.atomic
def make_exercise(draft: Draft, *, officer: Officer) -> Exercise:
    """Keep it, sealed. It comes to nobody before another one says the same of it. Raises Refused,
    and verification.images.BadImage for what is no picture.
    """
    _check_right(officer)
    key = number_key(draft.person.number)
    if registered_person(key).found or Enrollment.objects.filter(number_key=key).exists():
        raise Refused("somebodys_number", _("This number belongs to somebody. Take another one."))
    check_answer(draft.move, draft.reason)
    exercise = Exercise(
        made_by=officer,
        move=draft.move,
        reason=draft.reason,
        number_key=key,
        findings=_findings(draft),
        risk=Risk.MEDIUM if draft.doubted else Risk.LOW,
    )
    exercise.person, exercise.registered = draft.person, draft.registered
    exercise.save()
    for kind, data in draft.pictures.items():
        _keep(exercise, kind, reencode(data, max_side=MOST_SIDE))
    frames = [reencode(frame, max_side=640) for frame in draft.frames]
    film = as_film(frames)
    film.sheet()  # raises what is wrong with them
    _keep(exercise, EvidenceKind.FRAMES, pack(film.frames), **film.details)
    record(Action.EXERCISE_MADE, exercise, actor=Actor.officer(officer))
    return exercise


@transaction.atomic
def answer_blind(exercise: Exercise, *, officer: Officer, move: str, reason: str) -> Exercise:
    """The second person's own answer; where it is the maker's, the exercise goes in."""
    _check_right(officer)
    locked = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if locked.made_by_id == officer.pk:
        raise Refused("own_exercise", _("Somebody else has to answer the exercises you made."))
    if locked.answered_by_id is not None or not locked.is_open:
        raise Conflict("answered", _("This exercise has been answered already, or has ended."))
    check_answer(move, reason)
    locked.answered_by, locked.answered_at = officer, timezone.now()
    locked.agreed = (move, reason) == (locked.move, locked.reason)
    locked.save(update_fields=["answered_by", "answered_at", "agreed"])
    actor = Actor.officer(officer)
    record(Action.EXERCISE_ANSWERED, locked, actor=actor, same=locked.agreed)
    return locked


def check_answer(move: str, reason: str) -> None:
    """Raises Refused for what is no answer: turning back needs a reason, approving has none."""
    if move not in KnownAnswer.values:
        raise Refused("no_answer", _("Please choose an answer."))
    known = DecisionReason.objects.filter(pk=reason, move=move, active=True).exists()
    if known == (move == KnownAnswer.APPROVE) or (reason and not known):
        raise Refused("reason_missing", _("Please choose a reason that goes with the answer."))


@transaction.atomic
def end_exercise(exercise: Exercise, *, actor: Actor) -> Exercise:
    """For good, with its pictures and data: its time is over, or its people want it gone."""
    locked = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if locked.ended_at is not None:
        raise Conflict("ended", _("This exercise has ended already."))
    now, pictures = timezone.now(), list(locked.pictures.all())
    for picture in pictures:
        transaction.on_commit(
            partial(delete_sealed, picture.name), robust=True
        )  # else it is reaped
    locked.pictures.all().delete()
    locked.ended_at, locked.person, locked.registered = now, None, None
    locked.save(update_fields=["ended_at", "person_sealed", "registered_sealed"])
    locked.served.filter(gone_at__gt=now).update(
        gone_at=now, held_by=None, held_until=None, held_seen_at=None
    )
    record(Action.EXERCISE_ENDED, locked, actor=actor, pictures=len(pictures))
    return locked


def exercise_picture(exercise: Exercise, kind: str) -> bytes | None:
    found = exercise.pictures.filter(kind=kind).first()
    return read_sealed(found.name) if found else None


@owns_files
def with_a_row(names: Collection[str]) -> set[str]:
    ids = [last for name in names if is_uuid(last := name.rpartition(".")[2])]
    return set(ExercisePicture.objects.filter(pk__in=ids).values_list("name", flat=True))


def _check_right(officer: Officer) -> None:
    """As the database has it now."""
    now = Officer.objects.filter(pk=officer.pk, is_active=True).first()
    if now is None or not now.sets_exercises:
        raise PermissionDenied


def _keep(exercise: Exercise, kind: str, data: bytes, **details: object) -> None:
    picture_id = uuid7()
    name = save_sealed(f"{exercise.pk}.{picture_id}", data)
    try:
        with transaction.atomic():
            ExercisePicture.objects.create(
                id=picture_id, exercise=exercise, kind=kind, name=name, details=details
            )
    except BaseException:
        delete_sealed(name)
        raise


def _findings(draft: Draft) -> list[Json]:
    return [_finding(check, draft) for check in ORDER]


def _finding(check: Check, draft: Draft) -> Json:
    """As the machine would have it: scores lie by chance on the side of the threshold where they
    belong.
    """
    held = tuple(field for field in vars(draft.person) if getattr(draft.registered, field))
    details: Json = {}
    outcome = Outcome.FAILED if check in draft.doubted else Outcome.PASSED
    if check == Check.REGISTER:
        differ = differing(draft.registered, draft.person, held)
        outcome = Outcome.FAILED if differ else Outcome.PASSED
        details = {"found": True, "alive": True, "differing": list(differ)}
    if check == Check.CAPTURE:
        # What nothing else sends to an officer was drawn by chance.
        drawn = not draft.doubted
        outcome = Outcome.DOUBTFUL if drawn else Outcome.PASSED
        details = {"assurance": "live", "signs": [], "drawn": drawn}
    if check not in SCORED:
        return _plain(check, outcome, details)
    name, most = SCORED[check]
    threshold = settings.MACHINE_THRESHOLDS[name]
    part = (1 + secrets.randbelow(80)) / 100
    passed = outcome == Outcome.PASSED
    score = threshold + (most - threshold) * part if passed else threshold * (1 - part / 2)
    return _plain(check, outcome, details) | {"score": round(score, 4), "threshold": threshold}


def _plain(check: Check, outcome: Outcome, details: Json | None = None) -> Json:
    return {"check_name": str(check), "outcome": str(outcome), "details": details or {}}
