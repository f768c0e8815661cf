"""The session's cookie, where two requests of one browser cross."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class CrossingSessionMiddleware(SessionMiddleware):
    """Takes the cookie away only where this request has ended the session.

    Django does it for every session that is not found. That may be one whose key another request
    changed a moment ago, at a password or a consent: the answer of a page or a service worker that
    was asked for before would take the newer cookie with it, and the citizen be locked out.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answered = super().process_response(request, response)
        if not request.session.modified:
            answered.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answered
