"""The selfie's page, and the head turns that its script asks for, one after the other."""

import re
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.camera import with_face_guide
from core.rate_limit import limited
from core.typing import Cleaned
from registration.errors import Refused
from registration.forms import SelfieForm
from registration.models import Challenge, Enrollment
from registration.services import capture, challenges
from registration.texts import CHALLENGE_STEPS
from registration.views.answers import show
from registration.views.sessions import citizen_step, page_of
from verification.images import BadImage

HASHES = re.compile(r"[0-9a-f]{64}(,[0-9a-f]{64})*")


@with_face_guide
@limited("upload", per_citizen=True)
@citizen_step("selfie", "retake")
def selfie(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    form = SelfieForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return redirect(page_of(capture.submit_selfie(enrollment, **form.handed_in())))
        except (BadImage, Refused) as error:
            form.add_error("selfie", error.message)
    colours = settings.SCREEN_COLOURS != "off"
    return show(request, "selfie", enrollment, form=form, colours=colours)


@require_POST
@limited("upload", per_citizen=True)
@citizen_step("selfie", "retake", "return")
def challenge(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """The first head turn, asked for once the face is in its place: it lives for minutes only."""
    colours = request.POST.get("colours") == "yes"
    return told(lambda: challenges.issue_challenge(enrollment, colours=colours))


@require_POST
@limited("upload", per_citizen=True)
@citizen_step("selfie", "retake", "return")
def challenge_step(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Settles a turn's frames by their hashes, and tells the next turn."""
    return told(lambda: challenges.settle_step(enrollment, **settled(request)))


def settled(request: HttpRequest) -> Cleaned:
    """Which challenge, and the hashes of a turn's frames; what is neither is refused as unknown."""
    hashes, asked = request.POST.get("digests", ""), request.POST.get("challenge", "")
    try:
        challenge_id = UUID(asked)
    except ValueError:
        challenge_id = None
    digests = hashes.split(",") if HASHES.fullmatch(hashes) else []
    return {"challenge_id": challenge_id, "digests": digests}


def told(ask: Callable[[], Challenge]) -> JsonResponse:
    """`seconds` are left of a challenge, whatever the phone's clock says; `step` is null once all
    turns are settled.
    """
    try:
        turn = ask()
    except Refused as refusal:
        detail = {"code": refusal.code, "detail": refusal.message}
        return JsonResponse(detail, status=refusal.status)
    step = turn.step and {
        "code": turn.step,
        "sentence": str(CHALLENGE_STEPS[turn.step]),
        "screen": turn.screen,
    }
    seconds = round((turn.expires_at - timezone.now()).total_seconds())
    return JsonResponse(
        {"id": str(turn.pk), "step": step, "of": len(turn.steps), "seconds": seconds}
    )
