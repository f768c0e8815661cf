"""After an import the digital IDs follow the register, in slices; too many at once wait for a word.

A file that declares a province dead must not end its digital IDs over night: those that would end
are counted first, and more than REGISTER_ENDS_AT_MOST left alone until two administrators agree.
"""

import uuid
from collections.abc import Callable, Collection

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from audit.actions import Action
from audit.services import Actor, record
from core.outbox.services import enqueue
from identity.following import Done, follow_register, how_many_in_force
from identity.life import LifeReason
from identity.models import LIVE, DigitalID
from identity.person import RegisterStatus
from population.agreeing import Heard, Question, agree_to
from population.models import (
    Following,
    FollowingState,
    ImportRun,
    PopulationRecord,
    RowBefore,
    RunState,
)

FOLLOW = "population.follow"
BATCH = 200


def ask_to_follow(run: ImportRun) -> None:
    """Within the transaction that ends a run or rolls it back."""
    run.agreements.filter(question=Question.ENDS).delete()
    Following.objects.filter(run=run).delete()
    Following.objects.create(run=run)
    enqueue(FOLLOW, run.pk)


def follow_again(run: ImportRun) -> None:
    """Within the transaction that takes more of a finished run over, or lets one go on that had
    stopped. Its counts go on; how many would end is counted anew, and asked about anew.
    """
    run.agreements.filter(question=Question.ENDS).delete()
    begin = {"state": FollowingState.COUNTING, "done_up_to": None, "ending": 0}
    Following.objects.update_or_create(run=run, defaults=begin)
    enqueue(FOLLOW, run.pk)


def stopped(run: ImportRun) -> bool:
    """Whether somebody has to say that it goes on."""
    return Following.objects.filter(run=run, state=FollowingState.STOPPED).exists()


def held(run: ImportRun) -> bool:
    """Whether two administrators have to agree first."""
    return Following.objects.filter(run=run, state=FollowingState.HELD).exists()


@transaction.atomic
def agree(run: ImportRun, *, actor: Actor, reason: str) -> Heard:
    """Let as many digital IDs end as were counted, once two have agreed. Twice counts once."""
    ImportRun.objects.select_for_update().get(pk=run.pk)  # it may be counting anew by now
    waiting = Following.objects.filter(run=run, state=FollowingState.HELD)
    following = waiting.first()
    if following is None:
        return Heard.TOO_LATE
    heard = agree_to(run, Question.ENDS, actor=actor, reason=reason, ending=following.ending)
    if heard is Heard.ENOUGH:
        waiting.update(state=FollowingState.FOLLOWING, done_up_to=None)
        enqueue(FOLLOW, run.pk)
    return heard


def follow_some(run: ImportRun, *, actor: Actor, should_stop: Callable[[], bool]) -> bool:
    """Go on where the last slice stopped; whether there is nothing left to do now."""
    steps = {FollowingState.COUNTING: _count_some, FollowingState.FOLLOWING: _bring_some_up_to_date}
    while True:
        with transaction.atomic():
            following = Following.objects.select_for_update().get(run=run)
            step = steps.get(FollowingState(following.state))
            if step is None:
                return True
            keys = _next_keys(run, after=following.done_up_to)
            step(following, keys, actor=actor)
            following.done_up_to = keys[-1] if keys else None
            following.save()
            if following.state == FollowingState.DONE:
                _record(following, actor=actor)
        if should_stop():
            return False


def how_many_end(keys: Collection[uuid.UUID]) -> int:
    """How many of the digital IDs in force under `keys` would be revoked or suspended."""
    gone = PopulationRecord.objects.filter(number_key__in=keys).exclude(status=RegisterStatus.ALIVE)
    return how_many_in_force(gone.values_list("number_key", flat=True))


def _count_some(following: Following, keys: list[uuid.UUID], *, actor: Actor) -> None:
    del actor
    if keys:
        following.ending += how_many_end(keys)
    elif following.ending > settings.REGISTER_ENDS_AT_MOST:
        following.state = FollowingState.HELD
    else:
        following.state = FollowingState.FOLLOWING


def _bring_some_up_to_date(following: Following, keys: list[uuid.UUID], *, actor: Actor) -> None:
    people = PopulationRecord.objects.in_bulk(keys)
    for done, count in follow_register(people, actor=actor).items():
        setattr(following, done.value, getattr(following, done.value) + count)
    if not keys:
        following.state = FollowingState.DONE


def _record(following: Following, *, actor: Actor) -> None:
    counts = {done.value: getattr(following, done.value) for done in Done}
    record(Action.REGISTER_FOLLOWED, following.run, actor=actor, **counts)


def _next_keys(run: ImportRun, *, after: uuid.UUID | None) -> list[uuid.UUID]:
    """The numbers of live digital IDs that the run may have touched, in order."""
    live = DigitalID.objects.filter(status__in=LIVE)
    if run.state == RunState.ROLLED_BACK:
        followed_once = Q(status_reason=LifeReason.LEFT_REGISTER) | Q(holder_since__isnull=False)
        live = live.filter(followed_once)
    elif not run.replaced_table:
        touched = RowBefore.objects.filter(run=run, **({"number_key__gt": after} if after else {}))
        live = live.filter(number_key__in=touched.values("number_key"))
    if after:
        live = live.filter(number_key__gt=after)
    return list(live.order_by("number_key").values_list("number_key", flat=True)[:BATCH])
