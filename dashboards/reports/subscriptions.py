"""Who gets a report of which view, by their own word; a link in each mail ends it."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from audit.actions import Action
from audit.services import Actor, record
from dashboards.models import FiguresView, ReportSubscription
from offices.models import Officer

SALT = "dashboards.report"


@transaction.atomic
def ask_for_report(view: FiguresView, *, by: Officer, rhythm: str, language: str) -> None:
    told = {"rhythm": rhythm, "language": language}
    ReportSubscription.objects.update_or_create(officer=by, view=view, defaults=told)
    _log(by, rhythm)


@transaction.atomic
def stop_report(view_id: int, *, by: Officer) -> None:
    """Send none any more. Doing it twice does no harm."""
    ended, _kinds = ReportSubscription.objects.filter(officer=by, view=view_id).delete()
    if ended:
        _log(by, "none")


def _log(officer: Officer, rhythm: str) -> None:
    actor = Actor.officer(officer)
    record(Action.FIGURES_REPORT_CHANGED, officer, actor=actor, summary=rhythm)


def stop_address(officer: Officer, view_id: int) -> str:
    """The link that ends one report, without signing in. It can do nothing else."""
    token = signing.dumps([str(officer.pk), view_id], salt=SALT)
    return settings.PORTAL_ADDRESS + reverse("dashboards:stop_report", args=[token])


def wish_of_link(token: str) -> tuple[Officer, int] | None:
    """Whose link it is and for which view; None when nobody here made it."""
    try:
        officer_id, view_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    officer = Officer.objects.filter(pk=officer_id).first()
    return (officer, view_id) if officer else None
