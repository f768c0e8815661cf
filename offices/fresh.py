"""A second factor that was proven a moment ago, asked for before what matters most."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from core.typing import Page
from offices.requests import OfficerRequest, officer_of


def has_fresh_factor(request: HttpRequest) -> bool:
    since = time.time() - settings.SECOND_FACTOR_FRESH_FOR.total_seconds()
    proofs = get_authentication_records(request, officer_of(request))
    return any(proof["method"] == "mfa" and proof["at"] > since for proof in proofs)


def ask_for_factor(page: str) -> HttpResponse:
    """To the page that asks for a code and then leads on to `page`."""
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': page})}")


def with_fresh_factor(back: str = "") -> Callable[[Page], Page]:
    """Ask for a code first, and go on to the same page, or to the page named `back` where the
    address itself takes no GET. What was filled in is filled in again: it is confirmed anew.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: OfficerRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if has_fresh_factor(request):
                return view(request, *args, **kwargs)
            page = reverse(back, kwargs=kwargs) if back else request.path
            return ask_for_factor(page)

        return guarded

    return decorate
