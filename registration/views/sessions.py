"""Which enrollment a browser works on, and which page it belongs to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from core.typing import Page
from registration.errors import MoveNotAllowed
from registration.models import Enrollment
from registration.services.enrolling import find_enrollment
from registration.steps import allowed_steps, current_step

SESSION_KEY, TOKEN = "enrollment", "enrollment_token"
OVER = "over"


def remember(request: HttpRequest, enrollment: Enrollment) -> None:
    """Work on this enrollment from now on; a new session key, so that none can be planted."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(enrollment.pk)
    request.session[TOKEN] = mark_of(enrollment)


def mark_of(enrollment: Enrollment) -> str:
    """What a session has to hold: it changes when another session takes the enrollment over."""
    return bytes(enrollment.token_hash or b"").hex()


def enrollment_of(request: HttpRequest) -> Enrollment | None:
    """None too where another device has taken it over since."""
    enrollment = find_enrollment(request.session.get(SESSION_KEY))
    held = enrollment and request.session.get(TOKEN, "") == mark_of(enrollment)
    return enrollment if held else None


def was_taken_over(request: HttpRequest) -> bool:
    """Whether this browser worked on an enrollment that goes on elsewhere now."""
    return SESSION_KEY in request.session and enrollment_of(request) is None


def session_over() -> str:
    """Home, which says why one is there; in the address, since a script may read the page first."""
    return f"{reverse('registration:home')}?{OVER}=1"


def page_of(enrollment: Enrollment) -> str:
    """The address of the page where the citizen goes on."""
    return reverse(f"registration:{current_step(enrollment).name}")


def citizen_step(*names: str) -> Callable[[Page], Page]:
    """A page of one step. Whoever comes at another moment is led to the step that is due.

    That is what makes reload, back button, double submit and coming back tomorrow harmless.
    """

    def decorate(view: Page) -> Page:
        @login_not_required
        @never_cache
        @wraps(view)
        def placed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            enrollment = enrollment_of(request)
            if enrollment is None:
                return redirect(session_over())
            if not allowed_steps(enrollment) & set(names):
                return redirect(page_of(enrollment))
            try:
                return view(request, enrollment, *args, **kwargs)
            except MoveNotAllowed:
                return redirect(page_of(Enrollment.objects.get(pk=enrollment.pk)))

        return placed

    return decorate
