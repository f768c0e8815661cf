"""Each summary is a row and a job of its own: sent after the commit, tried again, never twice."""

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.outbox.services import enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from core.templatetags.thai import people_date
from dashboards.models import Summary, SummaryWish
from dashboards.pages.overview import Overview, overview
from dashboards.summary.subscriptions import stop_address
from offices.roles import WATCHING

SUMMARIZE = "dashboards.summary"


def due_wishes(now: datetime.datetime):
    """Who asked before this morning's hour, may see the figures, and has no summary of today."""
    local = timezone.localtime(now)
    hour = local.replace(
        hour=settings.SUMMARY_AT.hour, minute=settings.SUMMARY_AT.minute, second=0, microsecond=0
    )
    if not hour <= local < hour + settings.SUMMARY_WITHIN:
        return SummaryWish.objects.none()
    return readers().filter(since__lt=hour).exclude(officer__summaries__day=local.date())


def readers():
    """Wishes of those who are here and watch the figures."""
    wishes = SummaryWish.objects.select_related("officer")
    return wishes.filter(officer__is_active=True, officer__role__in=WATCHING)


@transaction.atomic
def plan_summaries(wishes) -> int:
    """One summary and one job for each wish; how many are new. Safe to call at any time."""
    today, made = timezone.localdate(), 0
    for wish in wishes:
        summary, is_new = Summary.objects.get_or_create(officer=wish.officer, day=today)
        if is_new:
            enqueue(SUMMARIZE, summary.pk)
            made += 1
    return made


def send_summary(summary: Summary) -> str:
    """Hand it over; returns the outcome. Outside a transaction."""
    wish = readers().filter(officer=summary.officer_id).first()
    if wish is None:
        return "not_wanted"
    message = compose(wish, figures=overview(), key=summary.pk)
    return "sent" if deliver_once(message) else "not_sent"


def compose(wish: SummaryWish, *, figures: Overview, key: uuid.UUID) -> Message:
    """The mail in the reader's language: the figures of the overview and nothing finer."""
    stop = stop_address(wish.officer)
    with override(wish.language):
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
            to=wish.officer.email,
            subject=_("D.DOPA: sign-ups on %(day)s") % {"day": people_date(day)},
            text=render_to_string("dashboards/mail/summary.txt", context).strip() + "\n",
            html=render_to_string("dashboards/mail/summary.html", context),
            unsubscribe=stop,
        )
