"""Which cases there are, and taking the next one."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.typing import Cleaned, StrOrPromise
from offices.access import home_of, officer_who
from offices.lever_views import waiting_for
from offices.models import Officer
from offices.requests import OfficerRequest
from registration.models import Enrollment, SecondPersonRequest, ServedExercise
from registration.services import review_queue
from registration.services.barred import may_be_taken_back, needs_another_than
from registration.services.exercises.listing import (
    chosen_exercises,
    page_with_exercises,
    with_exercises,
)
from registration.views.review.forms import QueueForm
from registration.views.review.passing import given_words, leaving_in, next_case
from registration.views.review.undoing import to_undo

MOST_ASKED = 20
SHOWN_OF_ASKED = ("act", "enrollment__reference", "asked_by__name")
NONE_WAITS = _("No case is waiting. Well done.")
ONLY_OTHERS = _(
    "What waits needs a colleague: you had a hand in it, or a first opinion may still be taken"
    " back."
)
NO_OTHER = _("No other case is waiting. Yours was given back.")


@require_GET
def entry(request: OfficerRequest) -> HttpResponse:
    """The one address an officer has to remember."""
    return redirect(home_of(request.user))


def chosen_in(request: OfficerRequest) -> QueueForm:
    """The form of the choice, valid; a choice there is not is a 404."""
    form = QueueForm(request.GET, officer=request.user)
    if not form.is_valid():
        raise Http404
    return form


@require_GET
@never_cache
@officer_who("reads_cases")
def queue(request: OfficerRequest) -> HttpResponse:
    form = chosen_in(request)
    chosen = form.cleaned_data
    cases = review_queue.choose(request.user, chosen)
    of_queue = cases.filter(state__in=review_queue.LISTS[chosen["queue"]])
    served = chosen_exercises(request.user, chosen)
    place = {"sort": chosen["sort"], "after": request.GET.get("after", "")}
    page = review_queue.page_of(of_queue, **place)
    context = {
        "page": page_with_exercises(page, served, queue=chosen["queue"], **place),
        "form": form,
        "query": query_of(request, "queue", "after"),
        "same_queue": query_of(request, "after"),
        "begun": bool(request.GET.get("after")),
        "queue": chosen["queue"],
        "queues": list(_counted(cases, served, chosen).items()),
        "views": request.user.saved_views.all(),
        "undo": to_undo(request),
        "second_person": _asked_of(request),
        "changes_waiting": waiting_for(request.user),
    }
    return render(request, "review/queue.html", context)


def _asked_of(request: OfficerRequest) -> list[SecondPersonRequest]:
    """What waits for this officer's agreement as a second person."""
    if not request.user.decides:
        return []
    asked = SecondPersonRequest.objects.open_for(request.user)
    shown = asked.select_related("enrollment", "asked_by").only(*SHOWN_OF_ASKED)
    return list(shown[:MOST_ASKED])


@require_GET
@never_cache
@officer_who("reads_cases")
def changes(request: OfficerRequest) -> JsonResponse:
    """The counts of the tabs as they are now, and what was put into my hands, for a page that stays
    open.
    """
    officer, chosen = request.user, chosen_in(request).cleaned_data
    cases = review_queue.choose(officer, chosen)
    counts = _counted(cases, chosen_exercises(officer, chosen), chosen)
    return JsonResponse({"counts": counts, "given": given_words(officer)})


def _counted(
    cases: QuerySet[Enrollment], served: list[ServedExercise], chosen: Cleaned
) -> dict[str, int]:
    return with_exercises(review_queue.counts(cases, chosen["queue"]), served)


@require_POST
@officer_who("decides")
def take_next(request: OfficerRequest) -> HttpResponse:
    """From the page of a case I hold: that one goes back, and the next comes. From elsewhere: what
    I hold, if I hold one.
    """
    leaving = leaving_in(request)
    taken = next_case(request, leaving=leaving)
    if taken is None:
        messages.info(request, _none_of(request.user, leaving))
        return redirect("review:queue")
    return redirect("review:case", pk=taken.pk)


def _none_of(officer: Officer, leaving: uuid.UUID | None) -> StrOrPromise:
    """Why no case comes."""
    waiting = Enrollment.objects.visible_to(officer).waiting()
    barred = needs_another_than(officer) | may_be_taken_back()
    if waiting.exists() and not waiting.exclude(barred).exists():
        return ONLY_OTHERS
    return NO_OTHER if leaving else NONE_WAITS


def query_of(request: HttpRequest, *left_out: str) -> str:
    """The choice as a query, without these parts."""
    kept = {name: str(value) for name, value in request.GET.items() if value}
    kept = {name: value for name, value in kept.items() if name not in left_out}
    return urlencode(kept)
