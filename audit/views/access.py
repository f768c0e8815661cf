from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in whoever `reads_audit`; others get 403. The ground floor knows no roles, only that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not getattr(request.user, "reads_audit", False):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
