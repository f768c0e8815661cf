"""What the citizen's pages answer with: a step's page, or why there is none."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registration.devices import device_class
from registration.errors import Refused
from registration.models import Enrollment
from registration.services.help_codes import opened_at
from registration.steps import NUMBER, current_step

COME_LATER = ("not_open", "capacity_full")  # refusals that pass by waiting


def show(
    request: HttpRequest,
    page: str,
    enrollment: Enrollment,
    form: Form | None = None,
    **context: object,
) -> HttpResponse:
    """Render a step's page; one that shows an error answers 422, so that scripts notice as well."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    context |= {
        "form": form,
        "enrollment": enrollment,
        "on_computer": on_computer(request),
        "offers_call": True,
        "agent_looked": opened_at(enrollment),
        "step": NUMBER.get(current_step(enrollment).name, 0),
    }
    return render(request, f"registration/{page}.html", context, status=status)


def on_computer(request: HttpRequest) -> bool:
    """A guess by what the browser says of itself, for advice alone."""
    return device_class(request.headers.get("User-Agent", "")).startswith("computer")


def problem(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"message": refusal.message, "come_later": refusal.code in COME_LATER}
    return render(request, "registration/problem.html", context, status=refusal.status)
