"""Who wants the daily summary. The wish is the person's own; a link in each mail ends it."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from audit.actions import Action
from audit.services import Actor, record
from dashboards.models import SummaryWish
from offices.models import Officer

SALT = "dashboards.summary"


@transaction.atomic
def ask_for_summary(officer: Officer, *, language: str) -> None:
    """Send the summary from tomorrow on, in this language."""
    SummaryWish.objects.update_or_create(officer=officer, defaults={"language": language})
    record(Action.OFFICER_SUMMARY_CHANGED, officer, actor=Actor.officer(officer), summary=language)


@transaction.atomic
def stop_summary(officer: Officer) -> None:
    """Send none any more. Doing it twice does no harm."""
    ended, _kinds = SummaryWish.objects.filter(officer=officer).delete()
    if ended:
        record(
            Action.OFFICER_SUMMARY_CHANGED, officer, actor=Actor.officer(officer), summary="none"
        )


def stop_address(officer: Officer) -> str:
    """The link that ends it, without signing in. It can do nothing else."""
    token = signing.dumps(str(officer.pk), salt=SALT)
    return settings.PORTAL_ADDRESS + reverse("dashboards:stop_summary", args=[token])


def officer_of_link(token: str) -> Officer | None:
    """Whose link it is; None when nobody here made it."""
    try:
        return Officer.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None
