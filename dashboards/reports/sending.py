"""Each report is a row and a job of its own: sent after the commit, tried again, never twice."""

import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.outbox.services import enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from dashboards.models import Report, ReportSubscription, Rhythm
from dashboards.reports.content import content_of
from dashboards.reports.subscriptions import stop_address
from dashboards.saved.services import visible_to
from offices.roles import WATCHING

REPORT = "dashboards.report"
WITHIN = datetime.timedelta(days=2)  # after an outage it still comes; later the next is near


def due_at(rhythm: str, now: datetime.datetime) -> datetime.datetime:
    """When the last report of this rhythm was due: in the morning, Bangkok time."""
    local = timezone.localtime(now)
    morning = datetime.datetime.combine(local.date(), settings.SUMMARY_AT, local.tzinfo)
    if morning > now:
        morning -= datetime.timedelta(days=1)
    if rhythm == Rhythm.MONTHLY:
        return morning.replace(day=1)
    return morning - datetime.timedelta(days=morning.weekday())


@transaction.atomic
def plan_reports(now: datetime.datetime) -> int:
    """A row and a job for each report that is due; how many are new. Safe to call at any time."""
    made = 0
    for rhythm in Rhythm:
        due = due_at(rhythm, now)
        wishes = ReportSubscription.objects.filter(
            rhythm=rhythm, since__lt=due, officer__is_active=True, officer__role__in=WATCHING
        )
        for wish in wishes if now - due < WITHIN else ():
            report, is_new = Report.objects.get_or_create(
                officer_id=wish.officer_id, view_id=wish.view_id, day=due.date()
            )
            if is_new:
                enqueue(REPORT, report.pk)
                made += 1
    return made


def send_report(report: Report) -> str:
    """Hand it over; returns the outcome. Outside a transaction."""
    wish = (
        ReportSubscription.objects.select_related("officer", "view")
        .filter(officer=report.officer_id, view=report.view_id)
        .filter(officer__is_active=True, officer__role__in=WATCHING)
        .first()
    )
    if wish is None or not visible_to(wish.officer).filter(pk=wish.view_id).exists():
        return "not_wanted"
    return "sent" if deliver_once(compose(wish, report)) else "not_sent"


def compose(wish: ReportSubscription, report: Report) -> Message:
    """The mail in the reader's language: sums of the view, and a link that asks for a sign-in."""
    stop = stop_address(wish.officer, wish.view_id)
    with override(wish.language):
        context = content_of(wish, day=report.day) | {"stop": stop}
        return Message(
            key=report.pk,
            channel="email",
            to=wish.officer.email,
            subject=_("D.DOPA: report “%(name)s”") % {"name": wish.view.name},
            text=render_to_string("dashboards/mail/report.txt", context).strip() + "\n",
            html=render_to_string("dashboards/mail/report.html", context),
            unsubscribe=stop,
        )
