"""Inviting many by a file: what is wrong is told line by line, two people agree, all or nobody."""

import json
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import do_duties
from core.outbox import services as outbox
from core.outbox.models import Job
from offices import lists
from offices.levers import LEVERS
from offices.list_lever import LISTED
from offices.models import Invitation, Officer, PeopleList, Proposal
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client, agreed_by_another, asked_for
from tests.offices.lists import HEAD, LISTS, faults, hand_in

pytestmark = pytest.mark.django_db
TWO = f"{HEAD}somchai@example.org,สมชาย ใจดี,1206\nsomying@example.org,สมหญิง ใจดี,5001\n"
PASSWORD = "ข้าวเหนียวมะม่วงหน้าฝน"


@pytest.fixture(autouse=True)
def _offices() -> None:
    for code in ("1206", "5001", "3801"):
        OfficeFactory(code=code)


@pytest.fixture
def site(administrator) -> Client:
    return administrators_client(administrator)


def asked(site: Client, text: str = TWO) -> Proposal:
    page = hand_in(site, text).url
    site.post(f"{page}ask/")
    return asked_for(site)


def invited(site: Client, text: str = TWO) -> PeopleList:
    assert agreed_by_another(asked(site, text)).status_code == 302
    return PeopleList.objects.get()


def mailed(tmp_path, settings) -> list[dict]:
    """What the jobs that are due or will be send."""
    settings.MESSAGES_DIR = tmp_path
    Job.objects.update(not_before=timezone.now())
    for job in Job.objects.filter(kind="offices.mail_link", state="ready"):
        outbox.run(job.pk)
    return [json.loads(path.read_text()) for path in sorted(tmp_path.glob("*.json"))]


def test_a_list_lets_in_all_of_it_once_a_second_one_agreed(site):
    proposal = asked(site)
    assert [Officer.objects.filter(email__endswith="some").count(), Job.objects.count()] == [0, 0]
    assert not Officer.objects.filter(email__startswith="som").exists()
    agreed_by_another(proposal)
    people = Officer.objects.filter(email__startswith="som").order_by("email")
    values = people.values_list("email", "name", "role", "office", "is_active")
    assert list(values) == [
        ("somchai@example.org", "สมชาย ใจดี", "officer", "1206", True),
        ("somying@example.org", "สมหญิง ใจดี", "officer", "5001", True),
    ]
    assert not any(one.has_usable_password() for one in people)
    kept = PeopleList.objects.get()
    assert [kept.rows, kept.people] == [[], 2]
    entries = Entry.objects.filter(action="officer.invited")
    assert sorted(entries.values_list("subject_id", flat=True)) == sorted(str(p.pk) for p in people)


def test_each_is_sent_a_link_that_sets_a_password_once(site, tmp_path, settings):
    kept = invited(site)
    sent = mailed(tmp_path, settings)
    assert sorted(mail["to"] for mail in sent) == ["somchai@example.org", "somying@example.org"]
    first = next(mail for mail in sent if mail["to"] == "somchai@example.org")
    assert "This link sets your password" in first["text"]
    link = first["text"].split()[-1].removeprefix(settings.PORTAL_ADDRESS)
    given = {"first": PASSWORD, "second": PASSWORD}
    assert [Client().post(link, given).status_code for _ in range(2)] == [302, 404]
    page = site.get(f"{LISTS}{kept.pk}/")
    assert page.context["came"] == 1
    state = {row.officer.email: row.used_at is not None for row in page.context["page"]}
    assert state == {"somchai@example.org": True, "somying@example.org": False}
    assert all(row.mailed_at for row in page.context["page"])


def test_a_mail_job_that_runs_twice_sends_once_and_its_link_still_opens(site, tmp_path, settings):
    invited(site)
    mailed(tmp_path, settings)
    Job.objects.filter(kind="offices.mail_link").update(state="ready", claim=None)
    sent = mailed(tmp_path, settings)
    assert len(sent) == 2
    link = sent[0]["text"].split()[-1].removeprefix(settings.PORTAL_ADDRESS)
    assert Client().get(link).status_code == 200


def test_the_secret_of_a_link_is_kept_nowhere_and_shown_to_nobody(site):
    proposal = asked(site)
    answer = agreed_by_another(proposal)
    secrets = [lists.secret_of(one) for one in Invitation.objects.all()]
    assert [len(secret) for secret in secrets] == [32, 32]
    kept = json.dumps([str(row) for row in Invitation.objects.values_list()])
    kept += str(list(Entry.objects.values_list("details", flat=True)))
    kept += answer.content.decode() + str(list(Job.objects.values_list()))
    assert not any(secret in kept for secret in secrets)


def test_mails_go_out_at_a_bounded_pace(site, settings):
    settings.LIST_MAILS_A_MINUTE = 2
    lines = "".join(f"p{number}@example.org,Person,1206\n" for number in range(5))
    invited(site, HEAD + lines)
    mails = Job.objects.filter(kind="offices.mail_link")
    times = sorted(mails.values_list("not_before", flat=True))
    assert times[-1] - times[0] == timedelta(minutes=2)
    ends = sorted(Invitation.objects.values_list("expires_at", flat=True))
    assert ends[-1] - ends[0] == timedelta(minutes=2)


def test_a_supervisor_lists_people_of_the_own_office_and_learns_of_no_other(settings):
    supervisor = OfficerFactory(supervisor=True)
    OfficerFactory(email="elsewhere@example.org", elsewhere=True)
    OfficerFactory(email="here@example.org")
    text = "a@example.org,A,5001\nelsewhere@example.org,B,1206\nhere@example.org,C,1206\n"
    answer = hand_in(administrators_client(supervisor), HEAD + text)
    assert faults(answer) == [
        (2, "This is not your office."),
        (4, "This address has an account already."),
    ]


def test_who_agrees_is_told_what_the_supervisor_was_not():
    supervisor = OfficerFactory(supervisor=True)
    OfficerFactory(email="elsewhere@example.org", elsewhere=True)
    text = f"{HEAD}a@example.org,A,1206\nelsewhere@example.org,B,1206\n"
    proposal = asked(administrators_client(supervisor), text)
    near = administrators_client(OfficerFactory(provincial=True))
    answer = agreed_by_another(proposal, client=near)
    assert answer.status_code == 422
    said = "Line 2: This address has an account already."
    assert said in answer.content.decode()
    assert not Officer.objects.filter(email="a@example.org").exists()


@pytest.mark.parametrize(("role", "status"), [("provincial", 302), ("supervisor", 403)])
def test_a_supervisors_list_is_the_provinces_to_agree_to(role, status):
    proposal = asked(
        administrators_client(OfficerFactory(supervisor=True)), f"{HEAD}a@example.org,A,1206\n"
    )
    client = administrators_client(OfficerFactory(**{role: True}))
    assert agreed_by_another(proposal, client=client).status_code == status
    assert Officer.objects.filter(email="a@example.org").exists() is (status == 302)


@pytest.mark.parametrize("role", ["supervisor", "provincial"])
def test_lists_of_other_offices_are_as_if_they_were_not(site, role):
    page = hand_in(site, TWO).url
    client = administrators_client(OfficerFactory(**{role: True}))
    assert client.get(page).status_code == 404
    assert list(client.get(LISTS).context["lists"]) == []
    assert client.post(f"{page}again/").status_code in {404, 403}


def test_the_same_file_waits_once(site):
    asked(site)
    other = administrators_client()
    page = hand_in(other, TWO).url
    other.post(f"{page}ask/")
    answer = typed(other)
    assert answer.status_code == 422
    assert [PeopleList.objects.count(), Proposal.objects.count()] == [1, 1]


def typed(client: Client) -> HttpResponse:
    page = client.get("/staff/levers/new/")
    form, effect = page.context["form"], page.context["effect"]
    shown = form.fields["shown"].widget.token
    given = {"people": effect.people, "shown": shown, "reason": "A reason of some length."}
    return client.post("/staff/levers/new/", given)


def test_lines_changed_between_asking_and_agreeing_let_nobody_in(site):
    proposal = asked(site)
    kept = PeopleList.objects.get()
    kept.rows[0][0] = "evil@example.org"
    kept.save()
    assert agreed_by_another(proposal).status_code == 422
    assert not Officer.objects.filter(office="1206", role="officer").exists()


def test_what_has_changed_around_it_lets_nobody_in_either(site):
    proposal = asked(site)
    OfficerFactory(email="somying@example.org", elsewhere=True)
    assert agreed_by_another(proposal).status_code == 422
    assert not Officer.objects.filter(email="somchai@example.org").exists()


def test_no_lists_where_no_domains_are_named(site, settings):
    page = hand_in(site, TWO).url
    settings.STAFF_EMAIL_DOMAINS = frozenset()
    assert hand_in(site, TWO).status_code == 403
    site.post(f"{page}ask/")
    assert site.get("/staff/levers/new/").status_code == 403
    assert b"enctype" not in site.get(LISTS).content


def test_links_are_sent_again_to_who_has_set_no_password_and_not_too_often(
    site, tmp_path, settings
):
    kept = invited(site)
    address = f"{LISTS}{kept.pk}/again/"
    site.post(address)
    assert Invitation.objects.count() == 2
    old = [mail["text"].split()[-1] for mail in mailed(tmp_path, settings)]
    Officer.objects.filter(email="somchai@example.org").update(is_active=False)
    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=2))
    site.post(address)
    site.post(address)
    assert Invitation.objects.filter(officer__email="somying@example.org").count() == 2
    assert Invitation.objects.count() == 3
    links = [link.removeprefix(settings.PORTAL_ADDRESS) for link in old]
    assert [Client().get(link).status_code for link in links] == [404, 404]
    said = Entry.objects.get(action="officer.link_mailed")
    assert said.details == {"list": kept.pk, "people": 1}


def test_a_list_nobody_agreed_to_goes_after_a_week(site):
    hand_in(site, TWO)
    PeopleList.objects.update(made_at=timezone.now() - timedelta(days=7, minutes=1))
    do_duties(within=timedelta(seconds=5))
    assert not PeopleList.objects.exists()


def test_a_lever_takes_the_number_of_the_list_and_no_other(site, administrator):
    hand_in(site, TWO)
    kept = PeopleList.objects.get()
    may = [LEVERS["list"].may_ask(administrator, kept.pk, {LISTED: n}) for n in (2, 1)]
    assert may == [True, False]
