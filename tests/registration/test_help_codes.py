"""Six digits for a call: used once, by one agent, for the step alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from audit.models import Entry
from core.thai_words import joined
from identity.access import accesses, entries_of
from offices.models import Officer
from registration.models import Enrollment, HelpCode
from registration.services import help_codes
from registration.services.enrolling import new_token
from registration.services.help_codes import make_code, open_code
from registration.states import State
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory, make_person, surely_read, valid_number

pytestmark = pytest.mark.django_db
PRESS = reverse("registration:help_code")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def enrollment() -> Enrollment:
    """Somebody whose selfie was too dark twice, and whose data the portal has."""
    made = EnrollmentFactory(
        state=State.RETAKE, retake_reason="face_quality", selfie_attempts=2, language="en"
    )
    made.confirmed = make_person(valid_number("388880000000"))
    made.reading = surely_read(made.confirmed)
    made.save()
    return made


@pytest.fixture
def citizen(enrollment) -> Client:
    client = Client(headers=ENGLISH)
    session = client.session
    session[SESSION_KEY], session[TOKEN] = str(enrollment.pk), mark_of(enrollment)
    session.save()
    return client


@pytest.fixture
def agent() -> Officer:
    return OfficerFactory(call_centre=True)


@pytest.fixture
def desk(agent, signed_in) -> Client:
    return signed_in(Client(headers=ENGLISH), agent)


def code_of(citizen: Client) -> str:
    return citizen.post(PRESS).context["code_shown"].replace(" ", "")


def typed(desk: Client, code: str):
    return desk.post(reverse("help_line:code"), {"code": code})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_agent_sees_the_step_the_hint_and_what_is_left_and_nobodys_data(
    citizen, desk, enrollment
):
    page = desk.get(typed(desk, code_of(citizen)).url).text
    told = ("One more photo, please", "The selfie was too dark, too bright or blurred.",
            "Face a window or a lamp", "3 more selfies", "3 of 6")  # fmt: skip
    assert [one for one in told if one not in page] == []
    person = dict(enrollment.confirmed)
    assert len(person) > 8
    shown = {name for name, value in person.items() if len(str(value)) > 3 and str(value) in page}
    shown |= {one for one in (str(enrollment.pk), enrollment.reference) if one in page}
    assert (shown, enrollment.office.name in page) == (set(), False)


def test_an_officers_own_words_stay_with_the_citizen(enrollment, desk, officer):
    enrollment.decisions.create(
        move="ask_retake", officer=officer, message="Khun Somchai, the scar on your cheek"
    )
    code, _ = make_code(enrollment)
    assert "Somchai" not in desk.get(typed(desk, code).url).text


def test_a_code_is_kept_as_a_hash_and_written_down_without_itself(citizen, enrollment):
    code = code_of(citizen)
    row = HelpCode.objects.get()
    assert (code in str(row.key), row.key is None) == (False, False)
    entry = Entry.objects.about(enrollment).get(action="help_line.code_made")
    assert (entry.actor_id, entry.details) == (str(enrollment.pk), {})


def test_a_code_opens_once_for_whoever_was_first(citizen, desk, signed_in):
    code = code_of(citizen)
    other = signed_in(Client(), OfficerFactory(call_centre=True))
    opened = typed(desk, code)
    assert [opened.status_code, typed(other, code).status_code, typed(desk, code).status_code] == [
        302,
        404,
        404,
    ]
    assert [desk.get(opened.url).status_code, other.get(opened.url).status_code] == [200, 302]
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert desk.get(opened.url).url == reverse("help_line:home")


def test_a_step_taken_during_the_call_is_seen(citizen, desk, enrollment):
    opened = typed(desk, code_of(citizen))
    Enrollment.objects.filter(pk=enrollment.pk).update(state="waiting_review")
    assert "An officer is looking at your registration" in desk.get(opened.url).text


@pytest.mark.parametrize("fault", ["old", "replaced", "made up"])
def test_a_code_that_does_not_count_opens_nothing(citizen, desk, fault):
    code = code_of(citizen)
    if fault == "replaced":
        code_of(citizen)
    if fault == "made up":
        code = wrong(code)
    later = timedelta(minutes=11 if fault == "old" else 0)
    with time_machine.travel(timezone.now() + later):
        answer = typed(desk, code)
    assert (answer.status_code, Entry.objects.filter(action="help_line.step_opened").count()) == (
        404,
        0,
    )
    assert Entry.objects.filter(action="help_line.code_wrong").count() == 1


def test_guessing_pauses_the_agent_and_a_wiped_cache_changes_nothing(
    citizen, desk, signed_in, settings
):
    code = code_of(citizen)
    for _ in range(settings.HELP_FREE_TRIES):
        typed(desk, wrong(code))
    cache.clear()  # what FLUSHALL leaves
    assert typed(desk, code).status_code == 429
    other = signed_in(Client(), OfficerFactory(call_centre=True))
    assert typed(other, code).status_code == 302


def test_right_codes_are_not_counted(agent, enrollment, settings):
    for _ in range(settings.HELP_FREE_TRIES + 3):
        assert open_code(make_code(enrollment)[0], agent=agent).agent == agent


def test_a_code_survives_a_wiped_cache(citizen, desk):
    code = code_of(citizen)
    cache.clear()
    assert typed(desk, code).status_code == 302


def test_a_code_that_another_has_open_is_drawn_again(enrollment, monkeypatch):
    draws = iter([7, 7, 8])
    monkeypatch.setattr(help_codes.secrets, "randbelow", lambda _most: next(draws))
    assert [make_code(one)[0] for one in (enrollment, EnrollmentFactory())] == ["000007", "000008"]


def test_a_code_that_has_run_out_may_be_drawn_again(enrollment, agent, monkeypatch):
    monkeypatch.setattr(help_codes.secrets, "randbelow", lambda _most: 7)
    make_code(enrollment)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        other = EnrollmentFactory()
        code, _ = make_code(other)
        assert open_code(code, agent=agent).enrollment == other


def test_the_database_keeps_one_open_code_an_enrollment(enrollment):
    make_code(enrollment)
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpCode.objects.create(enrollment=enrollment, key=enrollment.pk, expires_at=timezone.now())


def test_the_citizen_is_told_on_the_step_and_reads_it_under_who_looked(citizen, desk, enrollment):
    page = citizen.get(reverse("registration:retake")).text
    assert ("Get a code for the call" in page, "opened your step" in page) == (True, False)
    assert citizen.get(reverse("registration:status")).json()["agent_looked"] is None
    typed(desk, code_of(citizen))
    assert "An agent of 1548 opened your step" in citizen.get(reverse("registration:retake")).text
    assert citizen.get(reverse("registration:status")).json()["agent_looked"] is not None
    digital_id = DigitalIDFactory(enrollment_id=enrollment.pk)
    with override("th"):
        read = accesses(digital_id, list(entries_of(digital_id)))
        assert [(str(one.who), str(one.what)) for one in read] == [
            (
                joined("เจ้าหน้าที่สายด่วน 1548"),
                joined("ดูขั้นตอนการลงทะเบียนของท่านด้วยรหัสที่ท่านบอก"),
            )
        ]


def test_a_stranger_and_a_get_make_no_code(citizen):
    assert Client().post(PRESS).status_code == 302
    assert citizen.get(PRESS).url == reverse("registration:retake")
    assert HelpCode.objects.count() == 0


def test_the_app_has_its_code_and_is_told_by_the_enrollment(client, enrollment, agent):
    token = new_token(enrollment, how="reference", limited=True)
    said = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    answer = client.post(reverse("api:help_code"), **said)
    assert (answer.status_code, set(answer.json())) == (201, {"code", "expires_at"})
    now = reverse("api:enrollment")
    assert client.get(now, **said).json()["agent_looked"] is None
    open_code(answer.json()["code"], agent=agent)
    assert client.get(now, **said).json()["agent_looked"] is not None


def test_the_app_without_a_token_gets_a_problem(client):
    answer = client.post(reverse("api:help_code"))
    problem = answer.json()
    assert (answer.status_code, problem["errors"][0]["code"]) == (401, "not_authenticated")
