"""The daily summary: ordered by the reader, sent once each morning, ended by a link."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.outbox import services as outbox
from core.outbox.models import Job
from dashboards.models import Counter, Summary, SummarySubscription
from dashboards.summary.sending import due_subscriptions, plan_summaries, readers
from dashboards.summary.subscriptions import (
    ask_for_summary,
    officer_of_link,
    stop_address,
    stop_summary,
)
from dopa_portal.celery import app
from offices.models import Officer
from tests.factories import OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]


@pytest.fixture(autouse=True)
def _by_mail(settings) -> None:
    settings.SENDERS = {"email": "core.sending.senders.MailSender"}
    settings.PORTAL_ADDRESS = "https://portal.example"


@pytest.fixture
def reader() -> Officer:
    officer = OfficerFactory(administrator=True)
    ask_for_summary(officer, language="en")
    return officer


def morning(hour: int, minute: int = 0) -> datetime.datetime:
    day = timezone.localtime() + datetime.timedelta(days=1)
    return day.replace(hour=hour, minute=minute)


def send_all() -> None:
    plan_summaries(readers())
    for job in Job.objects.filter(kind="dashboards.summary"):
        outbox.run(job.pk)


def test_the_mail_has_the_figures_of_the_overview_and_nothing_finer(reader):
    today = timezone.localdate()
    for back, count in ((1, 7_123), (8, 6_500), (0, 44)):
        day = today - datetime.timedelta(days=back)
        Counter.objects.create(figure="signups", day=day, label="app", count=count)
    send_all()
    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert "Yesterday: 7,123 (102% of what is expected)" in sent.body
    assert "The same day of the week before: 6,500" in sent.body
    assert "Sign-ups in all: 13,667" in sent.body
    (html, kind) = sent.alternatives[0]
    assert kind == "text/html"
    assert "<strong>7,123</strong>" in html
    assert reader.name not in sent.body + html


def test_the_mail_is_in_the_readers_language_with_buddhist_years():
    ask_for_summary(OfficerFactory(administrator=True), language="th")
    send_all()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert f"{yesterday.year + 543}" in mail.outbox[0].subject
    assert '<html lang="th">' in mail.outbox[0].alternatives[0][0]


def test_ten_plans_and_ten_runs_send_one_mail(reader):
    for _ in range(10):
        send_all()
    assert len(mail.outbox) == 1
    assert Summary.objects.get().outcome == "sent"


def test_it_goes_out_in_the_morning_of_bangkok_to_those_who_asked_before(reader):
    due = [due_subscriptions(morning(*at)).count() for at in ((6, 59), (7, 0), (11, 59), (12, 0))]
    assert due == [0, 1, 1, 0]
    plan_summaries(due_subscriptions(morning(7)))
    SummarySubscription.objects.update(since=morning(8))
    assert due_subscriptions(morning(9)).count() == 0
    assert str(app.timezone) == "Asia/Bangkok"


def test_what_waited_for_the_relay_over_night_is_overtaken_by_the_next_day(reader):
    plan_summaries(readers())
    Summary.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    send_all()
    outcomes = Summary.objects.order_by("day").values_list("outcome", flat=True)
    assert (len(mail.outbox), [*outcomes]) == (1, ["overtaken", "sent"])


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "officer"}])
def test_who_may_not_see_the_figures_any_more_gets_none(reader, change):
    plan_summaries(readers())
    Officer.objects.filter(pk=reader.pk).update(office=OfficerFactory().office, **change)
    send_all()
    assert (len(mail.outbox), Summary.objects.get().outcome) == (0, "not_wanted")


def test_the_link_in_the_mail_ends_it_without_a_sign_in(client, reader):
    send_all()
    address = stop_address(reader).removeprefix("https://portal.example")
    assert f"<https://portal.example{address}>" == mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert address in mail.outbox[0].body
    assert client.get(address).status_code == 200
    assert SummarySubscription.objects.count() == 1
    assert client.post(address).status_code == 200
    assert SummarySubscription.objects.count() == 0
    assert officer_of_link("x") is None


def test_a_reader_orders_changes_and_stops_it_on_a_page(client, signed_in):
    officer = OfficerFactory(administrator=True)
    client, page = signed_in(client, officer), reverse("dashboards:summary")
    for language in ("th", "en"):
        client.post(page, {"language": language})
        assert officer.email in client.get(page).text
        assert SummarySubscription.objects.get(officer=officer).language == language
    client.post(page, {"language": ""})
    stop_summary(officer)
    told = Entry.objects.filter(action="officer.summary_changed").order_by("id")
    assert [entry.details["summary"] for entry in told] == ["th", "en", "none"]


def test_a_dry_run_shows_the_mail_but_neither_reader_nor_link(reader, capsys):
    call_command("send_daily_summary", dry_run=True)
    shown = capsys.readouterr().out
    assert "1 want the summary." in shown
    assert "Sign-ups in all: 0" in shown
    assert reader.email not in shown
    assert "/summary/stop/" not in shown
    assert (len(mail.outbox), Summary.objects.count()) == (0, 0)
    call_command("send_daily_summary")
    assert Summary.objects.count() == 1
