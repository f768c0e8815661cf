"""Programs get Thai without the joiners that pages need, whoever made the answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.thai_words import JOINER

SEEN_BY_NOBODY = JOINER.encode()


class PlainJsonMiddleware:
    """For JSON of every kind; within what counts an answer's length."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if "json" in answer.headers.get("Content-Type", "") and not answer.streaming:
            answer.content = answer.content.replace(SEEN_BY_NOBODY, b"")
        return answer
