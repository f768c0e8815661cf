from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import Action
from audit.hints import Kind, first_day, hints
from audit.services import Actor, record
from audit.views.access import for_readers


@require_GET
@never_cache
@for_readers
def show_hints(request: HttpRequest) -> HttpResponse:
    """What somebody should ask about, kind by kind, each with the way to its entries."""
    found = hints()
    record(Action.AUDIT_VIEWED, None, actor=Actor.signed_in(request), hints=len(found))
    kinds = [(kind, [hint for hint in found if hint.kind == kind]) for kind in Kind]
    context = {"kinds": kinds, "since": first_day(), "limits": settings.AUDIT_HINTS}
    return render(request, "audit/hints.html", context)
