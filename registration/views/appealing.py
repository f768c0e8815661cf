"""The page on which a citizen appeals against a rejection."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.guard.tries import origin_of_address
from core.rate_limit import limited
from registration.errors import Conflict, Refused
from registration.forms import AppealForm
from registration.models import Enrollment
from registration.rejection import last_day, rejection_text
from registration.services.appeals import file_appeal, may_appeal, needs_code
from registration.views.answers import show
from registration.views.sessions import citizen_step, page_of

AT_THE_CODE = ("wrong_card_code", "too_many_tries", "came_back")


@require_http_methods(["GET", "POST"])
@limited("step", per_citizen=True)
@citizen_step("rejected")
def appeal(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """A GET explains; the press files. Where none can be filed (any more), its page says so."""
    if not may_appeal(enrollment):
        return redirect("registration:rejected")
    form = AppealForm(
        request.POST if request.method == "POST" else None, with_code=needs_code(enrollment)
    )
    if form.is_valid():
        try:
            origin = origin_of_address(request)
            return redirect(page_of(file_appeal(enrollment, origin=origin, **form.cleaned_data)))
        except Conflict:
            return redirect(page_of(Enrollment.objects.get(pk=enrollment.pk)))
        except Refused as refusal:
            form.add_error("card_code" if refusal.code in AT_THE_CODE else "words", refusal.message)
    context = {
        "message": rejection_text(enrollment),
        "until": last_day(enrollment),
        "days": settings.APPEAL_WITHIN.days,
    }
    return show(request, "appeal", enrollment, form=form, **context)
