"""Where an enrollment stands, in the words of the citizen's own page, and nothing of anybody: this
is what an agent of 1548 sees.

What officers wrote is left out, as it may name people; the reason that they chose is told instead.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from registration.models import Enrollment, RetakeReason
from registration.retake_reason_text import machine_hint
from registration.retake_tips import Tip, tips_for, tries_left
from registration.steps import NUMBER, current_step
from registration.texts import CARD_PROBLEMS, FACE_HINTS, RETURN_REASONS

TITLES: dict[str, StrOrPromise] = {
    "terms": _("Accept the terms"),
    "card_front": _("Front of your ID card"),
    "card_back": _("Back of your ID card"),
    "card_again": _("Photograph your ID card"),
    "reading": _("Reading your card"),
    "confirm": _("Check what was read"),
    "selfie": _("Take a selfie"),
    "checking": _("We are checking"),
    "retake": _("One more photo, please"),
    "waiting": _("An officer is looking at your registration"),
    "return": _("Take a selfie"),
    "return_checking": _("We are checking"),
    "password": _("Set a password"),
    "consent": _("Give your consent"),
    "done": _("Registration succeeded"),
    "rejected": _("Your registration was not approved"),
    "expired": _("This registration is closed"),
}
BEFORE_OURS = 2  # steps of the procedure that are not counted (components/progress_steps.html)


@dataclass(frozen=True)
class HelpStep:
    """`number` of six, or 0 where none is to be taken; `hint`: what was wrong with the last try;
    `left`: selfies before an officer looks, or None where none are counted.
    """

    number: int
    title: StrOrPromise
    since: datetime
    channel: str
    hint: StrOrPromise = ""
    tips: tuple[Tip, ...] = ()
    left: int | None = None


def help_step(enrollment: Enrollment) -> HelpStep:
    step = current_step(enrollment)
    hint, tips, left = _trouble(enrollment, step.name, step.problem)
    return HelpStep(
        number=max(0, NUMBER.get(step.name, 0) - BEFORE_OURS),
        title=TITLES[step.name],
        since=enrollment.since,
        channel=enrollment.get_channel_display(),
        hint=hint,
        tips=tips,
        left=left,
    )


def _trouble(
    enrollment: Enrollment, name: str, problem: str
) -> tuple[StrOrPromise, tuple[Tip, ...], int | None]:
    if name == "retake":
        reason, hint = RetakeReason(enrollment.retake_reason), machine_hint(enrollment)
        left = None if reason.concerns_card else tries_left(enrollment)
        return FACE_HINTS.get(hint, reason.label), tips_for(enrollment, hint), left
    if name == "rejected":
        return enrollment.get_reject_reason_display(), (), None
    words = RETURN_REASONS if name == "return" else CARD_PROBLEMS
    left = tries_left(enrollment) if name == "selfie" else None
    return words.get(problem, ""), (), left
