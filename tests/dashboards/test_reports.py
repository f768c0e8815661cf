"""Reports of a saved view: ordered by the reader, sent once when due, ended by a link."""

import datetime

import pytest
from django.core import mail
from django.http import QueryDict
from django.utils import timezone

from audit.models import Entry
from core.outbox import services as outbox
from core.outbox.models import Job
from dashboards.filters import choice_of
from dashboards.models import FiguresView, FigureValue, Report, ReportSubscription
from dashboards.notes.services import Draft, write_note
from dashboards.reports.sending import due_at, plan_reports
from dashboards.reports.subscriptions import ask_for_report, stop_address, wish_of_link
from dashboards.saved.services import save_view
from dashboards.summary.subscriptions import stop_address as daily_stop_address
from offices.models import Officer
from tests.dashboards.test_pages import add
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example"
VIEWS = "/staff/dashboard/views/"


@pytest.fixture(autouse=True)
def _by_mail(settings) -> None:
    settings.SENDERS = {"email": "core.sending.senders.MailSender"}
    settings.PORTAL_ADDRESS = PORTAL


@pytest.fixture
def reader() -> Officer:
    return OfficerFactory(administrator=True)


def wished(reader: Officer, page: str = "overview", query: str = "period=7", **given: str):
    choice = choice_of(QueryDict(query))
    view = save_view("Monday's figures", page=page, choice=choice, by=reader)
    ask_for_report(view, by=reader, **({"rhythm": "weekly", "language": "en"} | given))
    ReportSubscription.objects.update(since=timezone.now() - datetime.timedelta(days=60))
    return view


def monday(hour: int = 7, days: int = 0) -> datetime.datetime:
    """A Monday morning that is over, so many days later."""
    now = timezone.localtime()
    then = now - datetime.timedelta(days=now.weekday() + 7 - days)
    return then.replace(hour=hour, minute=0, second=0, microsecond=0)


def send(now: datetime.datetime) -> None:
    plan_reports(now)
    for job in Job.objects.filter(kind="dashboards.report"):
        outbox.run(job.pk)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        ("weekly", "2026-11-30T07:00", "2026-11-30"),  # a Monday
        ("weekly", "2026-11-30T06:59", "2026-11-23"),
        ("weekly", "2026-12-06T23:00", "2026-11-30"),
        ("monthly", "2026-12-01T07:00", "2026-12-01"),
        ("monthly", "2026-12-01T06:59", "2026-11-01"),
        ("monthly", "2026-12-31T23:00", "2026-12-01"),
    ],
)
def test_it_is_due_in_the_morning_of_bangkok(rhythm, now, due):
    told = timezone.make_aware(datetime.datetime.fromisoformat(now))
    assert f"{due_at(rhythm, told):%Y-%m-%d %H:%M}" == f"{due} 07:00"


def test_the_mail_has_sums_of_whole_days_and_leads_to_these_days(reader):
    wished(reader)
    day = monday().date()
    for back, count in ((0, 999), (1, 4000), (7, 123), (8, 50)):
        add(count, day=day - datetime.timedelta(days=back))
    FigureValue.objects.create(key="signups", value=200)
    last = day - datetime.timedelta(days=1)
    write_note(Draft("outage", last, last, "หยุด", "Down 14:02"), by=reader)
    send(monday())
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([reader.email], "D.DOPA: report “Monday's figures”")
    assert "- Sign-ups: 4,123" in sent.body
    assert "Met on 1 of 7 days." in sent.body
    assert "Outage: Down 14:02" in sent.body
    first = day - datetime.timedelta(days=7)
    link = f"{PORTAL}/staff/dashboard/?period=own&from={first}&to={last}"
    assert link in sent.body
    assert '<td align="right">4,123</td>' in sent.alternatives[0][0]
    assert (sent.attachments, reader.name in sent.body) == ([], False)
    assert FiguresView.objects.get().query == "period=7"


def test_ten_plans_and_ten_runs_send_one_mail(reader):
    wished(reader)
    for hours in range(10):
        send(monday() + datetime.timedelta(hours=hours))
    assert (len(mail.outbox), Report.objects.get().outcome) == (1, "sent")
    send(monday(days=7))
    assert Report.objects.count() == 2


def test_after_an_outage_it_still_comes_and_three_days_later_no_more(reader):
    wished(reader)
    assert plan_reports(monday(hour=8, days=2)) == 0
    assert plan_reports(monday(hour=6, days=2)) == 1


def test_who_asked_after_it_was_due_waits_for_the_next(reader):
    wished(reader)
    ReportSubscription.objects.update(since=monday(8))
    assert (plan_reports(monday(9)), plan_reports(monday(days=7))) == (0, 1)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "officer"}])
def test_who_may_not_see_the_figures_any_more_gets_none(reader, change):
    wished(reader)
    plan_reports(monday())
    Officer.objects.filter(pk=reader.pk).update(office=OfficeFactory(), **change)
    send(monday())
    assert (len(mail.outbox), Report.objects.get().outcome) == (0, "not_wanted")
    assert plan_reports(monday(days=7)) == 0


def test_a_view_that_is_shared_no_more_is_sent_no_more(reader):
    auditor = OfficerFactory(auditor=True)
    view = wished(reader)
    FiguresView.objects.update(shared_with="auditor")
    ask_for_report(view, by=auditor, rhythm="weekly", language="th")
    ReportSubscription.objects.update(since=monday() - datetime.timedelta(days=1))
    plan_reports(monday())
    FiguresView.objects.update(shared_with="")
    send(monday())
    assert [one.to for one in mail.outbox] == [[reader.email]]


def test_a_view_removed_before_the_job_ran_harms_nothing(reader):
    view = wished(reader)
    plan_reports(monday())
    view.delete()
    send(monday())
    assert (len(mail.outbox), Job.objects.get().state) == (0, "done")


def test_an_offices_small_numbers_stay_hidden_in_the_mail(reader):
    for code, count in (("1206", 2), ("1207", 8), ("1208", 20)):
        OfficeFactory(code=code)
        add(count, area=code, day=monday().date() - datetime.timedelta(days=2))
    wished(reader, page="where", query="period=7&province=12")
    send(monday())
    assert "Sign-ups: 30" not in mail.outbox[0].body
    assert "Not shown" in mail.outbox[0].body


def test_the_mail_is_in_the_readers_language_with_buddhist_years(reader):
    wished(reader, language="th")
    send(monday())
    assert f"{monday().year + 543}" in mail.outbox[0].body
    assert '<html lang="th">' in mail.outbox[0].alternatives[0][0]


def test_the_link_in_the_mail_ends_this_report_alone_without_a_sign_in(client, reader):
    view = wished(reader)
    other = save_view("Other", page="work", choice=choice_of(QueryDict("")), by=reader)
    ask_for_report(other, by=reader, rhythm="monthly", language="en")
    send(monday())
    address = stop_address(reader, view.pk).removeprefix(PORTAL)
    assert f"<{PORTAL}{address}>" == mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert client.get(address).status_code == 200
    assert reader.report_wishes.count() == 2
    for _twice in range(2):
        assert client.post(address).status_code == 200
    assert reader.report_wishes.get().view == other
    assert Entry.objects.filter(action="figures.report_changed").count() == 3
    assert wish_of_link("x") is None
    assert client.get(f"{address[:-3]}/").status_code == 404


def test_the_link_of_the_daily_summary_ends_no_report(reader):
    assert wish_of_link(daily_stop_address(reader).rstrip("/").rpartition("/")[2]) is None


def test_a_reader_orders_changes_and_stops_it_on_a_page(reader):
    client, view = administrators_client(reader), wished(reader)
    page = f"{VIEWS}{view.pk}/report/"
    client.post(page, {"rhythm": "monthly", "language": "th"})
    wish = reader.report_wishes.get()
    assert (wish.rhythm, wish.language) == ("monthly", "th")
    assert reader.email in client.get(page).text
    client.post(page, {"rhythm": "", "language": "th"})
    assert not reader.report_wishes.exists()
    client.post(page, {"rhythm": "hourly", "language": "th"})
    assert not reader.report_wishes.exists()


def test_nobody_orders_a_report_of_a_view_that_is_not_theirs(reader):
    view = wished(reader)
    stranger = OfficerFactory(supervisor=True)
    answer = administrators_client(stranger).post(
        f"{VIEWS}{view.pk}/report/", {"rhythm": "weekly", "language": "en"}
    )
    assert (answer.status_code, stranger.report_wishes.count()) == (404, 0)
