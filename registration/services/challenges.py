"""Head turns asked for at random: for one use, for a short time."""

import uuid

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.errors import MoveNotAllowed, Refused
from registration.models import Challenge, Enrollment
from registration.states import FINISHING
from verification.faces.challenge import issue


def issue_challenge(enrollment: Enrollment) -> Challenge:
    """Random head turns for the next selfie."""
    if not (enrollment.can("submit_selfie") or enrollment.state in FINISHING):
        raise MoveNotAllowed("submit_selfie", enrollment.state)
    return Challenge.objects.create(
        enrollment=enrollment,
        steps=list(issue().steps),
        expires_at=timezone.now() + settings.CHALLENGE_VALID_FOR,
    )


def use_challenge(enrollment: Enrollment, challenge_id: uuid.UUID | None) -> list[str]:
    """The steps that were asked for; a challenge serves once, and only its own enrollment."""
    now = timezone.now()
    mine = Challenge.objects.filter(
        pk=challenge_id, enrollment=enrollment, used_at=None, expires_at__gt=now
    )
    if not mine.update(used_at=now):
        raise Refused(
            "challenge_over", _("Too much time has passed. Please take the selfie once more.")
        )
    return Challenge.objects.get(pk=challenge_id).steps
