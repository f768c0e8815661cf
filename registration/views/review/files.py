"""What is on screen as a file: the chosen cases, the supervisor's numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import Action
from audit.services import Actor, record
from core.tables import KINDS, table_file
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.models import Enrollment, ServedExercise
from registration.services import review_queue
from registration.services.exercises.listing import chosen_exercises, page_with_exercises
from registration.services.review_numbers import supervisors_numbers
from registration.views.review.queue import chosen_in

MOST_CASES = 5000


@require_GET
@never_cache
@officer_who("reads_cases")
def cases(request: OfficerRequest, kind: str) -> HttpResponse:
    """The chosen cases, at most 5,000, without anything that tells whose they are."""
    chosen = chosen_in(request).cleaned_data
    found = review_queue.choose(request.user, chosen).filter(
        state__in=review_queue.LISTS[chosen["queue"]]
    )
    page = page_with_exercises(
        review_queue.page_of(found, sort=chosen["sort"], size=MOST_CASES),
        chosen_exercises(request.user, chosen),
        queue=chosen["queue"],
        sort=chosen["sort"],
        size=MOST_CASES,
    )
    head = [_("Reference"), _("State"), _("Why"), _("Risk"), _("Since"), _("Office"),
            _("Channel"), _("Held by")]  # fmt: skip
    return _file(request, kind, "cases", head, [_row(case) for case in page.cases])


@require_GET
@never_cache
@officer_who("supervises")
def numbers(request: OfficerRequest, kind: str) -> HttpResponse:
    head = [_("Officer"), _("Decided"), _("Approved"), _("Rejected"), _("New photo"),
            _("Passed on"), _("Minutes in hand, median")]  # fmt: skip
    rows = [
        [one.name, one.decided, one.approved, one.rejected, one.retakes, one.passed_on,
         one.in_hand_minutes]
        for one in supervisors_numbers(request.user).officers
    ]  # fmt: skip
    return _file(request, kind, "officers", head, rows)


def _row(case: Enrollment | ServedExercise) -> list[object]:
    return [
        case.reference,
        case.get_state_display(),
        ", ".join(doubt.get_check_name_display() for doubt in case.doubts),
        case.get_risk_display(),
        case.since,
        case.office.name if case.office else "",
        case.get_channel_display(),
        case.held_by.name if case.held_by else "",
    ]


def _file(
    request: HttpRequest, kind: str, name: str, head: list[str], rows: list[list[object]]
) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    record(Action.CASES_EXPORTED, None, actor=Actor.signed_in(request), list=name, rows=len(rows))
    day = timezone.localdate().isoformat()
    return table_file(kind, name=f"{name}-{day}", head=head, rows=rows)
