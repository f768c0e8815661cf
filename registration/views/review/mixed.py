"""Cases and exercises stand at the same addresses: which of the two it is decides the row (35)."""

import uuid
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from core.typing import Page
from offices.models import Officer
from registration.models import ServedExercise


def mixed(real: Page, exercise: Page) -> Page:
    """The page of a case, and `exercise` where the id is of one within this officer's reach."""

    @wraps(real)
    def either(request: HttpRequest, pk: uuid.UUID, **kwargs: object) -> HttpResponseBase:
        user = request.user
        found = None
        if isinstance(user, Officer):
            within = ServedExercise.objects.visible_to(user)
            found = within.select_related("exercise", "office", "held_by").filter(pk=pk).first()
        if found is None:
            return real(request, pk=pk, **kwargs)
        return never_cache(exercise)(request, found, **kwargs)

    return either
