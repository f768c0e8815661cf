"""Which case comes next for this officer: not again those that were just left undecided."""

import uuid

from django.urls import reverse

from core.typing import Json
from offices.models import Officer
from offices.requests import OfficerRequest
from registration.models import Enrollment, ServedExercise
from registration.services.exercises.taking import take_next
from registration.services.holding import given_to

KEPT, MOST = "review-passed-over", 50


def next_case(
    request: OfficerRequest, *, leaving: uuid.UUID | None = None
) -> Enrollment | ServedExercise | None:
    """The next case in this officer's hands, `leaving` given back first. Once nothing else waits,
    the ones left undecided come again.
    """
    kept: list[str] = request.session.get(KEPT, [])
    if leaving is not None:
        request.session[KEPT] = kept = [*kept, str(leaving)][-MOST:]
    taken = take_next(request.user, leaving=leaving, passed_over=kept)
    if taken is None and kept:
        del request.session[KEPT]
        taken = None if leaving else take_next(request.user)
    return taken


def leaving_in(request: OfficerRequest) -> uuid.UUID | None:
    """The case whose page was left by this."""
    try:
        return uuid.UUID(request.POST.get("leaving", ""))
    except ValueError:
        return None


def given_words(officer: Officer) -> Json | None:
    """What was put into the officer's hands, for a page that is open."""
    given = given_to(officer)
    if given is None:
        return None
    return {"reference": given.reference, "take": reverse("review:take", args=[given.pk])}
