"""The request as a page for officers gets it: the sign-in in front of it has named the officer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.requests import PortalRequest
from offices.models import Officer


class OfficerRequest(PortalRequest):
    """What passes the sign-in and its second factor; nothing makes one, annotations name it."""

    user: Officer


def officer_of(request: HttpRequest) -> Officer:
    """Who has signed in, where a framework fixes the request's type; raises PermissionDenied."""
    if not isinstance(request.user, Officer):
        raise PermissionDenied
    return request.user
