"""Who this browser has chosen to be, in cookies: for the person before the camera, and for the
account whose door it stands at.
"""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from core.typing import Context
from devstack.demo.seeding import SampleCitizen
from devstack.trying.people import SamplePerson, holders, sample_people
from identity.sessions import DEVICE, HOLDER, UNLOCKED_AT
from registration.views.sessions import SESSION_KEY, TOKEN

PERSON, ACCOUNT, HOLDER_SHOWN = "sample-person", "sample-account", "sample-holder"
COPY = "sample-copy"  # which entry of the copied log tells a lie
CHECKER = "checker"  # nobody's camera: it looks at a digital ID in another window
CITIZENS = (SESSION_KEY, TOKEN, HOLDER, UNLOCKED_AT, DEVICE)


def choose(response: HttpResponse, cookie: str, name: str) -> HttpResponse:
    response.set_cookie(
        cookie, name, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def person_of(request: HttpRequest) -> SamplePerson | None:
    return sample_people().get(request.COOKIES.get(PERSON, ""))


def sample(request: HttpRequest) -> Context:
    """What the frame of every page may show."""
    return {
        "sample_person": person_of(request),
        "sample_checker": request.COOKIES.get(PERSON) == CHECKER,
        "sample_account": request.COOKIES.get(ACCOUNT, ""),
        "sample_holder": holder_of(request),
    }


def holder_of(request: HttpRequest) -> SampleCitizen | None:
    """Whose digital ID was opened here, where its password may be asked for."""
    place = request.COOKIES.get(HOLDER_SHOWN, "")
    asked = request.path.startswith("/id/") and place.isdecimal()
    return holders()[int(place)] if asked and int(place) < len(holders()) else None


def forget_citizen(request: HttpRequest) -> None:
    """Somebody else sits before the screen: what was begun goes on by reference number alone."""
    for key in CITIZENS:
        request.session.pop(key, None)


def sign_out(request: HttpRequest) -> None:
    """Of the officer's account; the citizen of the same browser stays."""
    kept = {key: request.session[key] for key in CITIZENS if key in request.session}
    auth.logout(request)
    request.session.update(kept)
