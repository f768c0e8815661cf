"""Changes that wait for a second person: how long, and who is told of them by e-mail."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from offices.account_news import ANSWERED, ASKED, LAPSED, tell
from offices.models import Answer, Officer, Proposal
from offices.roles import AGREEING_TO_PEOPLE, PULLING_LEVERS


def still_open() -> Q:
    """The condition on proposals: not answered, and not too long ago."""
    return Q(answer="", asked_at__gte=timezone.now() - settings.LEVER_WAITS_FOR)


def not_in_time() -> QuerySet[Proposal]:
    """Those that nobody answered before it was too late."""
    return Proposal.objects.filter(answer="").exclude(still_open())


def lapsed(proposal: Proposal) -> bool:
    return not proposal.answer and timezone.now() - proposal.asked_at > settings.LEVER_WAITS_FOR


def tell_second_persons(
    proposal: Proposal, *, may_answer: Callable[[Officer, Proposal], bool]
) -> None:
    """Whoever may answer it, once; in the transaction in which it is asked for."""
    of_province = Q(role__in=AGREEING_TO_PEOPLE, office__province_code=_province(proposal))
    those = Officer.objects.filter(Q(role__in=PULLING_LEVERS) | of_province, is_active=True)
    for officer in those.exclude(pk=proposal.asked_by_id).select_related("office"):
        if may_answer(officer, proposal) and str(officer.pk) != proposal.subject:
            tell(officer, ASKED)


def tell_asker(proposal: Proposal) -> None:
    """In the transaction of somebody else's answer, or of the clock's. Whoever asked for what lies
    long behind has seen that nothing came of it.
    """
    if proposal.answer == Answer.LAPSED:
        if timezone.now() - proposal.asked_at < 2 * settings.LEVER_WAITS_FOR:
            tell(proposal.asked_by, LAPSED)
    elif proposal.answered_by_id != proposal.asked_by_id:
        tell(proposal.asked_by, ANSWERED)


def _province(proposal: Proposal) -> str | None:
    return proposal.office.province_code if proposal.office else None
