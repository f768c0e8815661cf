"""The history of unusual access: when it was raised, when it was over, who looked."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import Action
from audit.alerts import looks_at, shown
from audit.models import Alert
from audit.search.sentences import said
from audit.services import Actor, record
from audit.views.access import for_readers

PAGE = 50


@require_GET
@never_cache
@for_readers
def list_alerts(request: HttpRequest) -> HttpResponse:
    page = Paginator(Alert.objects.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    record(Action.AUDIT_VIEWED, None, actor=Actor.signed_in(request), hints=len(page.object_list))
    context = {"page": page, "alerts": shown(list(page.object_list))}
    return render(request, "audit/alerts.html", context)


@require_GET
@never_cache
@for_readers
def show_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Looking is an entry about the alert, and so is part of its history from the next look on."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    looks = said(looks_at(alert))
    record(Action.AUDIT_VIEWED, alert, actor=Actor.signed_in(request))
    [one] = shown([alert])
    return render(request, "audit/alert.html", {"one": one, "alert": alert, "looks": looks})
