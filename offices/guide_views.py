"""The guides of those who work here: each officer's own first, and what further pages ask for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.guides import guide
from offices.models import Officer
from offices.requests import OfficerRequest
from offices.roles import Role

# A guide, and the right whose pages it speaks of.
GUIDES = (
    ("officer", "reads_cases"),
    ("administrator", "watches"),
    ("auditor", "reads_audit"),
    ("help-line", "helps_callers"),
)
OWN = {
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
    Role.CALL_CENTRE: "help-line",
}


@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    return redirect("help:guide", OWN.get(Role(request.user.role), "officer"))


@require_safe
def guide_page(request: OfficerRequest, name: str) -> HttpResponse:
    names = guides_of(request.user)
    if name not in names:
        raise PermissionDenied
    guides = {one: guide(one) for one in names}
    return render(
        request, "help/guide.html", {"name": name, "guides": guides, "guide": guides[name]}
    )


def guides_of(officer: Officer) -> list[str]:
    """Those about pages that the officer may open."""
    return [name for name, right in GUIDES if getattr(officer, right)]
