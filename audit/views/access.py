from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.typing import Page


def for_readers(view: Page) -> Page:
    """Let in whoever `reads_audit`; others get 403. The ground floor knows no roles, only that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not getattr(request.user, "reads_audit", False):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
