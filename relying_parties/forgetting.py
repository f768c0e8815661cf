"""What a service did not collect is kept no longer, nor what served its once."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils import timezone

from core.housekeeping import duty, forget_rows
from relying_parties.models import AuthorizationCode, PresentationRequest, WalletOffer
from relying_parties.presentations.answering import COLLECTED_WITHIN, KEPT

for name, rows in (
    ("service_codes", AuthorizationCode.objects.all()),
    ("wallet_offers", WalletOffer.objects.all()),
    ("presentations", PresentationRequest.objects.all()),
):
    forget_rows(name, rows, field="expires_at", kept=lambda: KEPT)


def _not_collected() -> QuerySet[PresentationRequest]:
    late = timezone.now() - COLLECTED_WITHIN
    return PresentationRequest.objects.filter(answered_at__lt=late, told_sealed__isnull=False)


def _oldest_answer() -> datetime | None:
    first = _not_collected().aggregate(first=Min("answered_at"))["first"]
    return first + COLLECTED_WITHIN if first else None


@duty("presented_claims", oldest=_oldest_answer)
def forget_what_was_shown() -> Iterator[int]:
    yield _not_collected().update(told_sealed=None)
