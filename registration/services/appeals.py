"""An appeal against a rejection by people: once, in time, to an office of another province."""

import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.guard.tries import Door, Origin, count_try, forget
from core.housekeeping import duty
from core.required import required
from identity.passwords import PAUSED
from identity.person import comparable
from offices.models import Membership, Office, Officer, belonging_to
from offices.roles import DECIDING, Role
from registration.errors import Conflict, Forbidden, Refused
from registration.models import (
    Answer,
    Appeal,
    CounterVisit,
    Decision,
    Enrollment,
    GuardedAct,
    SecondPersonRequest,
    enrollment_end,
)
from registration.services.moves import move_locked
from registration.states import State

DOOR = Door("appeal", 5, 50, timedelta(days=1))
LONGEST = 1000
CLOCK = Actor.system("appeals")
SAID_NOTHING = _("Please write why the rejection is wrong.")
TOO_LONG = _("Please write no more than %(most)s letters.")
NOTHING_TO_APPEAL = _("There is no rejection by an officer that an appeal could be against.")
ONCE = _("An appeal was filed already. There is one for each registration.")
TOO_LATE = _("The time for an appeal is over. Please visit a registration office with your card.")
NO_CARD = _(
    "With the reference number alone no appeal can be filed. Please use the browser or app in which"
    " you registered, or visit a registration office with your card."
)
WRONG_CODE = _("This is not the code on the back of the card that was registered.")


def appeal_end(enrollment: Enrollment) -> datetime | None:
    """Until when, not included, an appeal against the rejection can be filed; None where nobody
    can: it was no officer's, or there was one. The day of the rejection does not count, and the
    last one counts whole, in Thailand.
    """
    if enrollment.state != State.REJECTED or enrollment.appealed:
        return None
    last = enrollment.decisions.in_force().last()
    if last is None or last.move != "reject" or last.decided_at < enrollment.state_since:
        return None  # the machine referred it to the other way
    day = timezone.localtime(enrollment.state_since) + settings.APPEAL_WITHIN + timedelta(days=1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def open_appeal_end(enrollment: Enrollment) -> datetime | None:
    """The same while that is still to come."""
    end = appeal_end(enrollment)
    return end if end and timezone.now() < end else None


def may_appeal(enrollment: Enrollment) -> bool:
    return open_appeal_end(enrollment) is not None


def needs_code(enrollment: Enrollment) -> bool:
    """Whether only reference and number opened it, which are no secrets: then the code on the back
    of the card has to be told.
    """
    return enrollment.token_limited


def file_appeal(
    enrollment: Enrollment, *, words: str, origin: Origin, card_code: str = ""
) -> Enrollment:
    """Say why the rejection is wrong: the case goes to an office of another province, drawn at
    random, or is held until there is one. Neither the phase nor its places are asked.
    """
    text = words.strip()
    if not text:
        raise Refused("words_missing", SAID_NOTHING)
    if len(text) > LONGEST:
        raise Refused("words_too_long", TOO_LONG % {"most": LONGEST})
    _check_time(enrollment)
    if needs_code(enrollment):
        _check_code(enrollment, card_code, origin)
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        _check_time(locked)
        appeal = _keep(locked, text)
        _end_requests(locked)
        return move_locked(
            locked,
            "appeal",
            actor=Actor.citizen(locked.pk),
            changes={
                "office": draw_office(appeal),
                "reject_reason": "",
                "open_until": enrollment_end(),
            },
            from_office=appeal.from_office_id,
        )


def _check_time(enrollment: Enrollment) -> None:
    if enrollment.appealed:
        raise Conflict("appealed_already", ONCE)
    end = appeal_end(enrollment)
    if end is None:
        raise Conflict("nothing_to_appeal", NOTHING_TO_APPEAL)
    if timezone.now() >= end or enrollment.pictures_deleted_at is not None:
        raise Conflict("appeal_too_late", TOO_LATE)


def _check_code(enrollment: Enrollment, code: str, origin: Origin) -> None:
    """Counted before it is looked at; raises Forbidden for a wrong one."""
    kept = enrollment.confirmed.laser_code if enrollment.confirmed else ""
    if not kept:
        raise Forbidden("came_back", NO_CARD)
    if count_try(DOOR, enrollment.pk.hex, origin) is None:
        raise Refused("too_many_tries", PAUSED)
    known, told = (comparable("laser_code", one).encode() for one in (kept, code))
    if not secrets.compare_digest(known, told):
        raise Forbidden("wrong_card_code", WRONG_CODE)
    forget(DOOR, enrollment.pk.hex, origin)


def _keep(enrollment: Enrollment, words: str) -> Appeal:
    """The appeal, with everybody who had a hand in the case until now."""
    office = required(enrollment.office, "office")
    hands = _hands(enrollment)
    provinces = {office.province_code, *_provinces_of(hands)}
    appeal = Appeal(
        enrollment=enrollment,
        reason=enrollment.reject_reason,
        from_office=office,
        provinces=sorted(provinces),
    )
    appeal.words = words
    appeal.save(force_insert=True)
    appeal.officers.set(Officer.objects.filter(pk__in=hands))
    return appeal


def _provinces_of(officers: set[uuid.UUID]) -> set[str]:
    """Of every office they work for, wherever they act."""
    acting = Q(pk__in=Officer.objects.filter(pk__in=officers).values("office"))
    further = Q(pk__in=Membership.objects.filter(officer__in=officers).values("office"))
    return set(Office.objects.filter(acting | further).values_list("province_code", flat=True))


def _hands(enrollment: Enrollment) -> set[uuid.UUID]:
    asked = SecondPersonRequest.objects.filter(enrollment=enrollment)
    found = [
        Decision.objects.filter(enrollment=enrollment).values_list("officer_id", flat=True),
        CounterVisit.objects.filter(pk=enrollment.pk).values_list("officer_id", flat=True),
        asked.values_list("asked_by_id", flat=True),
        asked.exclude(answered_by=None).values_list("answered_by_id", flat=True),
    ]
    return {pk for some in found for pk in some if pk is not None}


def _end_requests(enrollment: Enrollment) -> None:
    """Whoever asked to have it opened again asks no more: the appeal has opened it."""
    asked = SecondPersonRequest.objects.filter(enrollment=enrollment, act=GuardedAct.REOPEN)
    asked.filter(answer="").update(answer=Answer.DECLINED, answered_at=timezone.now())


def draw_office(appeal: Appeal) -> Office | None:
    """One of another province with somebody who may decide it, by lot; None where there is none.
    Nor one that somebody who had a hand in it works for by now.
    """
    hands = set(appeal.officers.values_list("pk", flat=True))
    provinces = {*appeal.provinces, *_provinces_of(hands)}
    own = Membership.objects.filter(office__province_code__in=provinces)
    able = Officer.objects.filter(office=OuterRef("pk"), is_active=True, role__in=DECIDING)
    able = able.exclude(pk__in=hands).exclude(pk__in=own.values("officer"))
    found = Office.objects.exclude(province_code__in=provinces).filter(Exists(able))
    codes = list(found.values_list("pk", flat=True))
    return Office.objects.get(pk=secrets.choice(codes)) if codes else None


def _held() -> QuerySet[Enrollment]:
    """Appeals that nobody could take: without an office, or in one that lost its officers."""
    theirs = belonging_to(OuterRef("office"))  # who acts elsewhere for a day comes back
    theirs |= Q(role=Role.PROVINCIAL, office__province_code=OuterRef("office__province_code"))
    able = Officer.objects.filter(theirs, is_active=True, role__in=DECIDING)
    barred = Appeal.officers.through.objects.filter(appeal=OuterRef(OuterRef("pk")))
    able = able.exclude(pk__in=barred.values("officer"))
    own = Membership.objects.filter(officer=OuterRef("pk"))
    able = able.exclude(Exists(own.in_one_of(OuterRef(OuterRef("appeal__provinces")))))
    waiting = Enrollment.objects.filter(state=State.WAITING_REVIEW, appeal__isnull=False)
    return waiting.filter(~Exists(able)).order_by("waiting_since")


def _oldest_held() -> datetime | None:
    held = Appeal.objects.filter(enrollment__in=_held().order_by().values("pk"))
    first: datetime | None = held.aggregate(first=Min("filed_at"))["first"]
    return first


@duty("appeals", oldest=_oldest_held)
def send_held_appeals() -> Iterator[int]:
    """Give each appeal that no office could take to one that now can."""
    for enrollment_id in list(_held().values_list("pk", flat=True)):
        yield _send(enrollment_id)


@transaction.atomic
def _send(enrollment_id: uuid.UUID) -> int:
    case = _held().select_for_update(of=("self",)).filter(pk=enrollment_id).first()
    office = draw_office(Appeal.objects.get(pk=enrollment_id)) if case else None
    if case is None or office is None:
        return 0
    case.office = office
    case.save(update_fields=["office"])
    record(
        Action.ENROLLMENT_CHANGED, case, actor=CLOCK, subject_office=office.pk, fields=["office"]
    )
    return 1


def note_decision(enrollment: Enrollment, move: str, *, officer: Officer) -> None:
    """In the transaction of an officer's decision: that the appeal has its answer is an entry."""
    if move in {"approve", "reject"} and enrollment.appealed:
        record(
            Action.APPEAL_DECIDED,
            enrollment,
            actor=Actor.officer(officer),
            subject_office=enrollment.office_id or "",
            outcome=move,
        )
