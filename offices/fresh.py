"""A second factor that was proven a moment ago, asked for before what matters most."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.typing import Page
from offices.lever_forms import ReasonForm
from offices.requests import OfficerRequest, officer_of

UNSENT, KEPT = "unsent", ("reason", "officer")


def has_fresh_factor(request: HttpRequest) -> bool:
    since = time.time() - settings.SECOND_FACTOR_FRESH_FOR.total_seconds()
    proofs = get_authentication_records(request, officer_of(request))
    return any(proof["method"] == "mfa" and proof["at"] > since for proof in proofs)


def ask_for_factor(request: HttpRequest, page: str) -> HttpResponse:
    """To the page that asks for a code and then leads on to `page`. What was pressed is to be
    pressed again there; a reason that may stand is filled in by then.
    """
    if request.method == "POST":
        messages.warning(request, _("Nothing was done yet. Enter a code, then press once more."))
        if ReasonForm(request.POST).is_valid():
            sent = {name: request.POST[name] for name in KEPT if name in request.POST}
            request.session[UNSENT] = {"page": page} | sent
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': page})}")


def unsent(request: HttpRequest) -> dict[str, str]:
    """What was filled in on this page before it asked for a code: what its forms begin with."""
    kept: dict[str, str] = request.session.get(UNSENT, {})
    if kept.get("page") != request.path or request.method == "POST":
        return {}
    del request.session[UNSENT]
    return {name: kept[name] for name in KEPT if name in kept}


def with_fresh_factor(back: str = "") -> Callable[[Page], Page]:
    """Ask for a code first, and go on to the same page, or to the page named `back` where the
    address itself takes no GET. There it is confirmed anew, with what was filled in (`unsent`).
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: OfficerRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if has_fresh_factor(request):
                return view(request, *args, **kwargs)
            page = reverse(back, kwargs=kwargs) if back else request.path
            return ask_for_factor(request, page)

        return guarded

    return decorate
