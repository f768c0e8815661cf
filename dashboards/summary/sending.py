"""Each summary is a row and a job of its own: sent after the commit, tried again, never twice."""

import datetime
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.outbox.services import enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from core.templatetags.thai import people_date
from dashboards.models import Summary, SummarySubscription
from dashboards.pages.overview import Overview, overview
from dashboards.summary.subscriptions import stop_address
from offices.roles import WATCHING

SUMMARIZE = "dashboards.summary"


def due_subscriptions(now: datetime.datetime) -> QuerySet[SummarySubscription]:
    """Who asked before this morning's hour, may see the figures, and has no summary of today."""
    local = timezone.localtime(now)
    hour = local.replace(
        hour=settings.SUMMARY_AT.hour, minute=settings.SUMMARY_AT.minute, second=0, microsecond=0
    )
    if not hour <= local < hour + settings.SUMMARY_WITHIN:
        return SummarySubscription.objects.none()
    return readers().filter(since__lt=hour).exclude(officer__summaries__day=local.date())


def readers() -> QuerySet[SummarySubscription]:
    """Wishes of those who are here and watch the figures."""
    subscriptions = SummarySubscription.objects.select_related("officer")
    return subscriptions.filter(officer__is_active=True, officer__role__in=WATCHING)


@transaction.atomic
def plan_summaries(subscriptions: Iterable[SummarySubscription]) -> int:
    """One summary and one job for each subscription; how many are new. Safe to call at any time."""
    today, made = timezone.localdate(), 0
    for subscription in subscriptions:
        summary, is_new = Summary.objects.get_or_create(officer=subscription.officer, day=today)
        if is_new:
            enqueue(SUMMARIZE, summary.pk)
            made += 1
    return made


def send_summary(summary: Summary) -> str:
    """Hand it over; returns the outcome. Outside a transaction."""
    subscription = readers().filter(officer=summary.officer_id).first()
    if subscription is None:
        return "not_wanted"
    if summary.day != timezone.localdate():
        return "overtaken"  # its figures are those of now
    message = compose(subscription, figures=overview(), key=summary.pk)
    return "sent" if deliver_once(message) else "not_sent"


def compose(subscription: SummarySubscription, *, figures: Overview, key: uuid.UUID) -> Message:
    """The mail in the reader's language: the figures of the overview and nothing finer."""
    stop = stop_address(subscription.officer)
    with override(subscription.language):
        day = timezone.localdate(figures.as_of) - datetime.timedelta(days=1)
        context = {
            "figures": figures,
            "day": day,
            "week_before": figures.days.get(day - datetime.timedelta(weeks=1), 0),
            "address": settings.PORTAL_ADDRESS + reverse("dashboards:overview"),
            "definitions": settings.PORTAL_ADDRESS + reverse("dashboards:definitions"),
            "stop": stop,
        }
        return Message(
            key=key,
            channel="email",
            to=subscription.officer.email,
            subject=_("D.DOPA: sign-ups on %(day)s") % {"day": people_date(day)},
            text=render_to_string("dashboards/mail/summary.txt", context).strip() + "\n",
            html=render_to_string("dashboards/mail/summary.html", context),
            unsubscribe=stop,
        )
