"""Head turns: one challenge open at a time, and only so many drawn. Each draw is an attempt.

They are told one after the other, each once the frames of the former are settled by their hashes;
the frames themselves come with the selfie. Asked again before the first is settled, the same turns
are asked for, whoever reloads the page or opens it twice. Drawn anew they are once one was settled
or the time is over, and that counts: nobody draws until a recording fits.
"""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import Challenge, Enrollment
from registration.services.pictures import NOT_WHOLE, HandedIn
from registration.states import FINISHING
from verification.faces.challenge import issue
from verification.faces.colours import SHORTEST_MS, STEP, draw_colours
from verification.film import Film

# With less time left than this nobody gets through the turns: other ones are asked for instead.
TOO_SHORT = timedelta(seconds=45)
DRAWING = 0xD7A3  # the advisory lock of whoever draws, of one number at a time
USED_UP = "challenges_used_up"
# Of whoever comes back from another device: no officer looks at that.
NO_MORE = _("It did not work several times. Please register anew or visit an office.")
BURST = (3, 12)  # the fewest and the most frames of a step


@transaction.atomic
def issue_challenge(
    enrollment: Enrollment, *, resumes: datetime | None = None, colours: bool = False
) -> Challenge:
    """The head turns for the next selfie: the open ones, or others drawn at random. `resumes`: for
    what the digital ID that was issued is put in force again by (registration.services.resuming).
    `colours`: whoever asks can show those of the screen, too.

    Raises Conflict once too many were drawn: the selfie is taken without, and an officer looks.
    """
    locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if not (resumes or locked.can("submit_selfie") or locked.state in FINISHING):
        raise MoveNotAllowed("submit_selfie", locked.state)
    now = timezone.now()
    mine = _open(locked).filter(resumes=resumes)
    challenge = mine.filter(expires_at__gt=now + TOO_SHORT, settled=[]).first()
    challenge = challenge or _draw(locked, resumes)
    turns = [step for step in challenge.steps if step != STEP]
    shown = [STEP] if colours and settings.SCREEN_COLOURS != "off" else []
    if challenge.steps != [*turns, *shown]:
        challenge.steps = [*turns, *shown]
        challenge.save(update_fields=["steps"])
    return challenge


@transaction.atomic
def settle_step(
    enrollment: Enrollment,
    *,
    challenge_id: uuid.UUID | None,
    digests: list[str],
    resumes: datetime | None = None,
) -> Challenge:
    """Take the hashes (SHA-256, hex) of the frames of the step that was told, and tell the next;
    the last ones once more, whose answer was lost, change nothing.

    Raises Refused for a challenge that is over, and for hashes that are no burst or were given.
    """
    now = timezone.now()
    mine = _open(enrollment).select_for_update().filter(expires_at__gt=now, resumes=resumes)
    challenge = mine.filter(pk=challenge_id).first() if challenge_id else None
    if challenge is not None and challenge.last_settled == digests:
        return challenge
    if challenge is None or challenge.step is None:
        raise _over()
    given = [digest for step in challenge.settled for digest in step["digests"]]
    after = round((now - challenge.told_at).total_seconds() * 1000)
    fitting = _fits(challenge, len(digests), after)
    if not fitting or len({*given, *digests}) < len(given + digests):
        raise Refused("bad_frames", NOT_WHOLE)
    challenge.settled.append({"digests": digests, "after": after})
    challenge.told_at = now
    if challenge.step == STEP:
        challenge.colours = draw_colours()
    challenge.save(update_fields=["settled", "told_at", "colours"])
    return challenge


def _fits(challenge: Challenge, count: int, after: int) -> bool:
    """A burst of a turn; of the colours one frame each, no sooner than all were shown, or none."""
    if challenge.step != STEP:
        return BURST[0] <= count <= BURST[1]
    return not count or (count == len(challenge.colours) and after >= SHORTEST_MS * count)


def use_challenge(
    enrollment: Enrollment,
    challenge_id: uuid.UUID | None,
    pictures: HandedIn,
    *,
    resumes: datetime | None = None,
) -> Film:
    """The open challenge serves once, only its enrollment, and with the frames that were settled.

    Raises Refused for another one, and for frames that are not those.
    """
    if challenge_id is None:
        raise _over()
    now = timezone.now()
    mine = _open(enrollment).filter(pk=challenge_id, expires_at__gt=now, resumes=resumes)
    if not mine.update(used_at=now, ended_at=now):
        raise _over()
    challenge = Challenge.objects.get(pk=challenge_id)
    settled = [digest for step in challenge.settled for digest in step["digests"]]
    if challenge.step is not None or settled != pictures.digests:
        raise Refused("bad_frames", NOT_WHOLE)
    return _film(challenge, pictures)


def _film(challenge: Challenge, pictures: HandedIn) -> Film:
    both = list(zip(challenge.steps, challenge.settled, strict=True))
    turns = [(step, done) for step, done in both if step != STEP]
    coloured = any(done["digests"] for step, done in both if step == STEP)
    return Film(
        frames=pictures.frames,
        times=pictures.times,
        steps=[step for step, _done in turns],
        sizes=[len(done["digests"]) for _step, done in turns],
        settled=[done["after"] for _step, done in turns],
        colours=challenge.colours if coloured else [],
    )


def _over() -> Refused:
    return Refused(
        "challenge_over", _("Too much time has passed. Please take the selfie once more.")
    )


def end_challenge(enrollment: Enrollment) -> None:
    """What was asked for and not done is over; the next selfie has its own."""
    _open(enrollment).update(ended_at=timezone.now())


def _open(enrollment: Enrollment) -> QuerySet[Challenge]:
    return Challenge.objects.filter(enrollment=enrollment, ended_at=None)


def _draw(locked: Enrollment, resumes: datetime | None) -> Challenge:
    if resumes:
        _check_resuming_draws(locked)
    elif _drawn(locked) >= settings.MAX_CHALLENGE_DRAWS:
        if locked.state in FINISHING:
            raise Conflict(USED_UP, NO_MORE)
        raise Conflict(
            USED_UP,
            _(
                "The head movements have been asked for too often. You can take the selfie without"
                " them; an officer then looks at your registration, which takes longer."
            ),
        )
    end_challenge(locked)
    if not resumes:
        mine = Enrollment.objects.filter(pk=locked.pk)
        mine.update(challenge_draws=F("challenge_draws") + 1)
    return Challenge.objects.create(
        enrollment=locked,
        number_key=locked.number_key,
        resumes=resumes,
        steps=list(issue().steps),
        expires_at=timezone.now() + settings.CHALLENGE_VALID_FOR,
    )


def _check_resuming_draws(locked: Enrollment) -> None:
    """Those of the registration are nothing to it. Rows are kept for a day (services.forgetting),
    and a row that is there longer counts no more.
    """
    recent = timezone.now() - settings.CHALLENGE_DRAWS_COUNTED_FOR
    drawn = Challenge.objects.filter(enrollment=locked, told_at__gt=recent).exclude(resumes=None)
    if drawn.count() >= settings.MAX_CHALLENGE_DRAWS:
        raise Conflict(
            USED_UP,
            _("The head movements have been asked for too often today. Please try again tomorrow."),
        )


def _drawn(enrollment: Enrollment) -> int:
    """By this enrollment, and by others for the same number within a day, whenever they were begun
    and whatever card they have now: beginning anew gives no more draws, nor do many that were begun
    before. One of a number draws at a time. Rows are kept for a day (services.forgetting).
    """
    if not enrollment.number_key:
        return enrollment.challenge_draws
    with connection.cursor() as cursor:
        one = int.from_bytes(enrollment.number_key.bytes[:4], signed=True)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DRAWING, one])
    drawn_since = timezone.now() - settings.CHALLENGE_DRAWS_COUNTED_FOR
    for_number = Challenge.objects.filter(number_key=enrollment.number_key, resumes=None)
    recent = for_number.filter(expires_at__gt=drawn_since + settings.CHALLENGE_VALID_FOR)
    return enrollment.challenge_draws + recent.exclude(enrollment=enrollment).count()
