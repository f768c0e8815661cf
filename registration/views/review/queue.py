"""Which cases there are, and taking the next one."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from offices.access import home_of, officer_who
from registration.models import Enrollment, Finding
from registration.services import review
from registration.states import State
from verification.findings import Outcome

QUEUES = {
    "waiting": (State.WAITING_REVIEW, State.SECOND_REVIEW),
    "taken": (State.IN_REVIEW,),
    "retake": (State.RETAKE,),
    "decided": (State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED, State.REJECTED),
}
PAGE_SIZE = 50


@require_GET
def entry(request: HttpRequest) -> HttpResponse:
    """The one address an officer has to remember."""
    return redirect(home_of(request.user))


@require_GET
@never_cache
@officer_who("decides")
def queue(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("queue", "waiting")
    if name not in QUEUES:
        raise Http404
    mine = Enrollment.objects.visible_to(request.user)
    counts = mine.aggregate(
        **{key: Count("pk", filter=Q(state__in=states)) for key, states in QUEUES.items()}
    )
    page = _page(mine.filter(state__in=QUEUES[name]), counts[name], request.GET.get("page"))
    context = {
        "cases": page.object_list,
        "page": page,
        "query": urlencode({"queue": name}) + "&",
        "queue": name,
        "queues": list(counts.items()),
    }
    return render(request, "review/queue.html", context)


@require_POST
@officer_who("decides")
def take_next(request: HttpRequest) -> HttpResponse:
    taken = review.take_next_case(request.user)
    if taken is None:
        messages.info(request, _("No case is waiting. Well done."))
        return redirect("review:queue")
    return redirect("review:case", pk=taken.pk)


def _page(cases: QuerySet[Enrollment], count: int, number: str | None) -> Page:
    """One page, oldest first, each case with `doubts`: what its last attempt did not pass."""
    of_last_attempt = Finding.objects.filter(attempt=F("enrollment__selfie_attempts"))
    doubts = of_last_attempt.exclude(outcome=Outcome.PASSED)
    shown = (
        cases.select_related("office", "held_by")
        .prefetch_related(Prefetch("findings", doubts, to_attr="doubts"))
        .order_by("state_since", "pk")
    )
    paginator = Paginator(shown, PAGE_SIZE)
    paginator.count = count  # known from the tabs: not asked for twice
    return paginator.get_page(number)
