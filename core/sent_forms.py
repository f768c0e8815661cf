"""Forms that static/js/send-form.js sends: no answer to a POST lies behind the back button."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

SENT, LEADS_TO = "Dopa-Form", "Dopa-Location"


class SentFormMiddleware:
    """A script is told where a redirection leads instead of being sent along: it goes there with
    the whole page, also to another site, and what is said there once is said to the reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if SENT in request.headers and request.method == "POST" and "Location" in answer.headers:
            answer.headers[LEADS_TO] = answer.headers["Location"]
            del answer.headers["Location"]
            answer.status_code = HTTPStatus.NO_CONTENT
        return answer
