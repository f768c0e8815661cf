"""From a thing the log leads to whoever asked for a change of it, and to what became of that."""

from datetime import timedelta

import geothai
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import do_duties, overdue_seconds
from core.outbox.models import Job
from offices.account_news import LAPSED
from offices.models import Officer, Proposal
from rollout.models import Phase
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON, administrators_client, agreed_by_another, asked_for, declined
from tests.relying_parties.factories import RelyingPartyFactory
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
FIND = reverse("audit:find")
ENGLISH = {"Accept-Language": "en"}
LATE = settings.LEVER_WAITS_FOR + timedelta(minutes=1)
VERBS = ("asked", "agreed", "declined", "closed")
TOLD = [
    "asked for a guarded change ({})",
    "agreed to a guarded change, which was made ({})",
    "declined or withdrew a guarded change ({})",
]


@pytest.fixture
def site(administrator) -> Client:
    return administrators_client(administrator)


@pytest.fixture
def reader() -> Client:
    client = Client()
    sign_in(client, OfficerFactory(auditor=True))
    return client


def begin(client: Client, lever: str, subject: object, **new: object) -> Proposal:
    session = client.session
    session["lever-draft"] = {"lever": lever, "subject": str(subject), "new": new}
    session.save()
    return asked_for(client)


def of_changes(reader: Client, about: str, subject: object) -> list[str]:
    """What the log tells of changes of the thing, oldest first, without who did it."""
    asked = {"about": about, "subject": str(subject)}
    answer = reader.get(FIND, asked, headers=ENGLISH)
    found = [one.sentence for day in answer.context["days"] for one in day.said]
    told = [one for one in found if "guarded" in one]
    return [one[min(one.find(verb) for verb in VERBS if verb in one) :] for one in told][::-1]


def phase() -> tuple[str, str, str, object, dict[str, object]]:
    return "phase", "phase", "National", Phase.objects.get(pk="national").pk, {"capacity": 5}


def officer() -> tuple[str, str, str, object, dict[str, object]]:
    made = OfficerFactory(name="Anan", supervisor=True)
    return "officer", "rights", "Anan", made.pk, {"role": "officer"}


def office() -> tuple[str, str, str, object, dict[str, object]]:
    made = OfficeFactory(name_en="Bang Kapi", name_th="บางกะปิ")
    return "office", "office", "Bang Kapi", made.pk, {"name_th": "บางกะปิใหม่"}


def service() -> tuple[str, str, str, object, dict[str, object]]:
    made = RelyingPartyFactory(name_en="Revenue")
    return "service", "relying_party", "Revenue", made.pk, {"enabled": False}


@pytest.mark.parametrize("thing", [phase, officer, office, service])
def test_a_thing_leads_to_all_who_had_a_hand_in_its_change(site, reader, thing):
    about, lever, name, subject, new = thing()
    declined(begin(site, lever, subject, **new))
    agreed_by_another(begin(site, lever, subject, **new))
    asked, agreed, no = [one.format(name) for one in TOLD]
    assert of_changes(reader, about, subject) == [asked, no, asked, agreed]


def test_what_was_added_leads_to_whoever_agreed_to_it(site, reader):
    day = f"{timezone.localdate() + timedelta(days=9)}"
    new = {"code": "isan", "name": "Isan", "capacity": 5, "starts_on": day, "opens_self": True}
    proposal = begin(site, "phase", "", **new)
    agreed_by_another(proposal)
    assert of_changes(reader, "phase", "isan") == [TOLD[1].format("Isan")]
    asked = Entry.objects.get(action="lever.asked")
    assert [asked.subject_type, asked.subject_id] == ["offices.proposal", str(proposal.pk)]


def test_whoever_was_let_in_leads_to_those_who_let_them_in(site, reader):
    new = {"email": "anan@dopa.example", "name": "Anan", "role": "auditor", "office": None}
    agreed_by_another(begin(site, "rights", "", **new))
    person = Officer.objects.get(email=new["email"])
    assert of_changes(reader, "officer", person.pk) == [TOLD[1].format("Anan")]


def test_an_entry_leads_those_who_read_changes_to_the_change(site, reader):
    proposal = begin(site, "phase", "national", capacity=5)
    entry = Entry.objects.get(action="lever.asked")
    page = reverse("audit:entry", args=[entry.pk])
    address = reverse("levers:proposal", args=[proposal.pk])
    assert [address in client.get(page).text for client in (site, reader)] == [True, False]


def test_what_nobody_answers_in_time_ends_once_with_an_entry_and_a_mail(site, reader):
    proposal = begin(site, "phase", "national", capacity=5)
    do_duties(within=timedelta(seconds=5))
    assert of_changes(reader, "phase", "national") == [TOLD[0].format("National")]
    Proposal.objects.update(asked_at=timezone.now() - LATE)
    assert 50 < overdue_seconds()["changes not answered"] < 120
    for _ in range(2):
        do_duties(within=timedelta(seconds=5))
    proposal.refresh_from_db()
    assert [proposal.answer, proposal.answered_by] == ["lapsed", None]
    closed = "closed a guarded change that nobody answered (National)"
    assert of_changes(reader, "phase", "national") == [TOLD[0].format("National"), closed]
    assert [job.subject for job in Job.objects.filter(kind=LAPSED)] == [proposal.asked_by_id]
    assert overdue_seconds()["changes not answered"] == 0
    page = site.get(
        reverse("levers:proposal", args=[proposal.pk]), headers={"Accept-Language": "en"}
    )
    assert "Not answered in time" in page.text


def test_what_a_hold_of_an_account_overtakes_is_withdrawn_with_an_entry(
    site, reader, administrator
):
    other = OfficerFactory(name="Anan", supervisor=True)
    calm = begin(administrators_client(), "off", other.pk, account="off")
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": REASON})
    calm.refresh_from_db()
    assert [calm.answer, calm.answered_by] == ["withdrawn", administrator]
    asked, _agreed, no = [one.format("Anan") for one in TOLD]
    assert of_changes(reader, "officer", other.pk) == [asked, no, asked]
    assert Officer.objects.get(pk=other.pk).is_active is False


def test_old_and_new_values_fit_into_the_log(site):
    everywhere = [province.code for province in geothai.provinces()]
    begin(site, "phase", "national", provinces=everywhere)
    kept = Entry.objects.get(action="lever.asked").details["provinces_after"]
    assert " ".join(kept).split() == everywhere
