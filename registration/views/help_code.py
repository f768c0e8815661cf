"""A code that the citizen reads out on the phone, so that 1548 sees the step."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.rate_limit import limited
from registration.errors import Refused
from registration.services import help_codes
from registration.views.answers import problem
from registration.views.sessions import enrollment_of, page_of, session_over


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
@limited("step", per_citizen=True)
def help_code(request: HttpRequest) -> HttpResponse:
    """The answer to the press is the only place where the code stands: it is kept as a hash."""
    enrollment = enrollment_of(request)
    if enrollment is None:
        return redirect(session_over())
    if request.method != "POST":
        return redirect(page_of(enrollment))
    try:
        code, made = help_codes.make_code(enrollment)
    except Refused as refusal:
        return problem(request, refusal)
    context = {
        "code_shown": f"{code[:3]} {code[3:]}",
        "code_spoken": " ".join(code),
        "expires_at": made.expires_at,
        "step_url": page_of(enrollment),
    }
    return render(request, "registration/help_code.html", context)
