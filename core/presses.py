"""Addresses that a button sends to, and no one opens."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from core.typing import Page

NOT_ALLOWED = HTTPStatus.METHOD_NOT_ALLOWED


def press(back: str, *, with_query: bool = False) -> Callable[[Page], Page]:
    """POST only. A GET (a reload, a theme or language chosen on the answer, an address kept by the
    browser) is led to the page called `back`, on which the button stands.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def pressed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            query = request.GET.urlencode() if with_query else ""
            return redirect(f"{reverse(back)}?{query}" if query else reverse(back))

        return pressed

    return decorate


class NotAllowedPageMiddleware:
    """An empty 405 is drawn by the browser itself: whoever reads pages gets one of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        reads_pages = "text/html" in request.headers.get("Accept", "")
        if answer.status_code != NOT_ALLOWED or not reads_pages or answer.content:
            return answer
        page = render(request, "405.html", status=NOT_ALLOWED)
        page.headers["Allow"] = answer.headers["Allow"]
        return page
