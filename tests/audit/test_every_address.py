"""No address changes anything, and shows nobody's data, without an entry in the log.

`ROWS` of tests/test_access.py has every address, so that a new one comes here by itself: it has to
say which entry it leaves, or why it leaves none.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import translation

from audit.actions import Action
from audit.models import Entry
from audit.words import in_words
from offices.models import Officer
from registration.errors import Unknown
from registration.models import Enrollment, EvidenceKind
from registration.services.decisions import approve_enrollment
from registration.services.enrolling import resume_enrollment
from registration.services.evidence import keep_picture
from registration.services.review import take_case
from registration.states import State
from tests.audit.addresses import LEAVES, PUBLIC, SILENT, WALKED
from tests.factories import PASSWORD, EnrollmentFactory, OfficerFactory, PilotMemberFactory
from tests.identity.factories import portrait
from tests.test_access import (
    ARGUMENTS,
    OF_A_CASE,
    OF_A_PERSON,
    OF_THE_PILOT,
    PERSONAS,
    ROWS,
    client_of,
)

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
# Nobody's data and nobody's right: sessions, counts of visits, what officers arrange on their own
# screens.
OWN = {
    "django_session",
    "usersessions_usersession",
    "registration_savedview",
    "dashboards_arrival",
    "dashboards_summarywish",
}
LOG = "audit_entry"
RAW = re.compile(r"[a-z_]+([.:][a-z_]+)*|\d{4}-\d{2}(-\d{2})?")  # a code, or a Christian day


@contextmanager
def writes() -> Iterator[set[str]]:
    """The tables in which rows were written meanwhile."""
    tables = set()

    def note(execute, sql, parameters, many, context):
        answer = execute(sql, parameters, many, context)
        match = WRITE.match(sql)
        if match and context["cursor"].rowcount:
            tables.add(match[1])
        return answer

    with connection.execute_wrapper(note):
        yield tables


def address_of(name: str, case: Enrollment) -> str:
    arguments = dict(ARGUMENTS.get(name, {}))
    if name in OF_A_CASE:
        arguments["pk"] = case.pk
    if name in OF_THE_PILOT:
        arguments["pk"] = PilotMemberFactory(office=case.office).pk
    if name in OF_A_PERSON:
        arguments["pk"] = OfficerFactory().pk
    return reverse(name, kwargs=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROWS)
def test_whoever_changes_something_by_an_address_leaves_an_entry(name):
    unrecorded = []
    for persona in PERSONAS:
        client = client_of(persona)
        for method in ("get", "post"):
            address = address_of(name, EnrollmentFactory(state=State.WAITING_REVIEW))
            with writes() as tables:
                getattr(client, method)(address)
            if tables - OWN and LOG not in tables:
                unrecorded.append((persona, method, tables))
    assert unrecorded == []


@pytest.fixture
def case() -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW)


def brought_to(state: str, case: Enrollment, officer: Officer) -> None:
    """The case in the officer's hands, or decided by the officer."""
    if state != State.WAITING_REVIEW:
        take_case(case, officer=officer)
        case.refresh_from_db()
    if state == State.VERIFIED:
        approve_enrollment(case, officer=officer)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LEAVES)
def test_what_is_done_at_an_address_leaves_its_entry(name, case):
    visit = LEAVES[name]
    keep_picture(case, EvidenceKind.SELFIE, portrait())
    client = client_of(visit.who)
    if visit.state != State.WAITING_REVIEW:
        brought_to(visit.state, case, Officer.objects.get(pk=client.session["_auth_user_id"]))
    before = set(Entry.objects.values_list("pk", flat=True))
    getattr(client, visit.method)(address_of(name, case), visit.data)
    left = list(Entry.objects.exclude(pk__in=before))
    assert visit.action in {entry.action for entry in left}
    with translation.override("th"):
        told = [pair for shown in in_words(left) for pair in shown.details]
    assert [pair for pair in told if RAW.fullmatch(pair[1])] == []


def test_every_address_says_which_entry_it_leaves_or_why_none():
    said = {*LEAVES, *WALKED, *SILENT, *PUBLIC}
    silent = {name for name in ROWS if not said & {name, f"{name.partition(':')[0]}:"}}
    assert silent == set()


def test_every_file_named_as_walking_an_address_is_there():
    files = {place.partition(",")[0] for place in WALKED.values()}
    assert [name for name in files if not (Path(settings.BASE_DIR) / name).exists()] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "action"),
    [(PASSWORD, Action.OFFICER_SIGNED_IN), ("wrong", Action.OFFICER_SIGN_IN_FAILED)],
)
def test_signing_in_and_failing_to_leave_an_entry(client, password, action):
    officer = OfficerFactory()
    client.post(reverse("account_login"), {"login": officer.email, "password": password})
    assert Entry.objects.filter(action=action).count() == 1


@pytest.mark.django_db
def test_a_wrong_reference_leaves_an_entry_without_it():
    with pytest.raises(Unknown):
        resume_enrollment(reference="ABCD-EFGH-JKMN", number="1101700230708")
    entry = Entry.objects.get(action=Action.ENROLLMENT_UNLOCK_FAILED)
    assert [entry.actor_kind, entry.subject_id, entry.details] == ["anonymous", "", {}]
