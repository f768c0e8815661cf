"""Second looks that are over, disagreement and time: the own ones, or those within reach."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dashboards.quality.exercises import exercise_figures
from dashboards.quality.figures import quality
from offices.models import Office, Officer
from offices.requests import OfficerRequest
from offices.roles import SEEING_EVERYTHING, Role

DAYS = ("7", "30", "90")


@require_GET
@never_cache
def show(request: OfficerRequest) -> HttpResponse:
    officer = request.user
    if not (officer.decides or officer.watches):
        raise PermissionDenied
    days = request.GET.get("days", "30")
    if days not in DAYS:
        raise Http404
    office = _office(request.GET.get("office", ""), officer)
    since = timezone.now() - timedelta(days=int(days))
    code = office.pk if office else ""
    context = {
        "exercises": exercise_figures(officer, since=since, office=code),
        "quality": quality(officer, since=since, office=code),
        "days": days,
        "choices": DAYS,
        "office": office,
        "is_own": officer.role == Role.OFFICER,
        "by_office": officer.role in SEEING_EVERYTHING and office is None,
    }
    return render(request, "quality/page.html", context)


def _office(code: str, officer: Officer) -> Office | None:
    """The office that is asked for; Http404 for one beyond the own reach."""
    if not code:
        return None
    found = Office.objects.filter(pk=code).first()
    if found is None:
        raise Http404
    near = officer.role == Role.PROVINCIAL and found.province_code == officer.province_code
    if officer.role in SEEING_EVERYTHING or near or found.pk == officer.office_id:
        return found
    raise Http404
