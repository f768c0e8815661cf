"""Pages about the portal that everybody may read, and what makes it an installable app."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.guides import FOR_CITIZENS, guide


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "days_open": settings.ENROLLMENT_OPEN_FOR.days,
        "days_after_rejection": settings.EVIDENCE_KEPT_AFTER_REJECTION.days,
        "days_after_activation": settings.EVIDENCE_KEPT_AFTER_ACTIVATION.days,
        "days_of_data": settings.FACES_KEPT_AFTER_END.days,
        "days_of_appointments": settings.APPOINTMENTS_KEPT.days,
    }
    return render(request, "public/privacy.html", context)


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help.html", {"guide": guide(FOR_CITIZENS)})


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps and shows where there is no network."""
    return render(request, "public/offline.html")


@require_safe
@login_not_required
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, because a worker rules only over what lies beside it and below."""
    script = (settings.BASE_DIR / "static" / "js" / "service-worker.js").read_text()
    return HttpResponse(
        script,
        content_type="text/javascript; charset=utf-8",
        headers={"Service-Worker-Allowed": "/"},
    )
