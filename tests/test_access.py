"""Who may open what: one row for every address, and no address without a row."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from devstack.demo.signed_in import sign_in
from registration.models import Enrollment
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.devstack.trying.access import ARGUMENTS_OF_TRYING, OF_TRYING
from tests.factories import EnrollmentFactory, OfficerFactory, PilotMemberFactory
from tests.identity.addresses import ARGUMENTS_OF_DEVICES, OF_DEVICES
from tests.offices.access import (
    ARGUMENTS_OF_GUIDES,
    OF_A_LEVER,
    OF_A_PERSON,
    OF_OFFICES,
    OF_OFFICES_DIFFERENT,
)
from tests.relying_parties.access import OF_A_UUID, OF_SERVICES

pytestmark = pytest.mark.django_db
PERSONAS = ("anonymous", "citizen", "officer", "elsewhere", "administrator")
# The other roles get what the officer (the auditor: the administrator) gets, but for this table.
FURTHER_ROLES = ("supervisor", "provincial", "auditor")
EVERYBODY, NOBODY_BUT_POST = (200,) * 5, (405,) * 5
# A citizen's page leads strangers home, the citizen to what is due, a button's to the button.
ELSEWHERE_ON_THE_WAY = LED_BACK = (302,) * 5
NO_TOKEN = (401,) * 5
OFFICERS = (302, 302, 200, 200, 403)
THIS_OFFICE = (302, 302, 200, 404, 403)
WATCHERS = (302, 302, 403, 403, 200)
SIGNED_IN = (302, 302, 200, 200, 200)
CENTRAL, CENTRAL_POST = (302, 302, 403, 403, 200), (302, 302, 403, 403, 302)

FIGURES = ("overview", "funnel", "where", "work", "groups", "definitions", "file")
DASHBOARDS = [f"dashboards:{name}" for name in FIGURES]
TURNS = ("recapture", "challenge", "challenge_step")
OF_STATISTICS = ("statistics_api:page", "statistics_api:definitions")
ISSUERS = ("all_statuses", "statuses", "issuer_keys", "issuer_metadata")
OF_THE_HOLDER = ("card", "photo", "access", "ask", "credential")
STEPS = (
    "reading confirm selfie checking retake waiting rejected expired password consent done "
    "card_again return return_checking front_picture back_picture".split()
)

ROWS: dict[str, tuple[str, tuple[int, ...]]] = {
    "registration:home": ("get", EVERYBODY),
    "registration:start": ("get", LED_BACK),
    "registration:resume": ("get", EVERYBODY),
    "registration:take_handoff": ("get", (410,) * 5),
    "registration:handoff": ("get", ELSEWHERE_ON_THE_WAY),
    "registration:status": ("get", EVERYBODY),
    "registration:terms": ("get", ELSEWHERE_ON_THE_WAY),
    "registration:card_front": ("get", (302, 200, 302, 302, 302)),
    "registration:card_back": ("get", (302, 200, 302, 302, 302)),
    **{f"registration:{name}": ("get", ELSEWHERE_ON_THE_WAY) for name in STEPS},
    "registration:stop_replacement": ("get", EVERYBODY),
    "registration:recapture": ("get", LED_BACK),
    **{f"registration:{name}": ("get", NOBODY_BUT_POST) for name in TURNS[1:]},
    **{f"identity:{name}": ("get", ELSEWHERE_ON_THE_WAY) for name in OF_THE_HOLDER},
    **dict.fromkeys(("identity:unlock", "identity:offline_card"), ("get", EVERYBODY)),
    **{f"identity:{name}": ("get", LED_BACK) for name in ("lock", "bind")},
    "identity:check": ("get", EVERYBODY),
    **(OF_SERVICES | OF_DEVICES | OF_TRYING | OF_OFFICES),
    **{f"identity:{name}": ("get", EVERYBODY) for name in ISSUERS},
    "api:terms_version": ("get", EVERYBODY),
    "api:start": ("get", NOBODY_BUT_POST),
    "api:resume": ("get", NOBODY_BUT_POST),
    "api:terms": ("post", NO_TOKEN),
    "api:enrollment": ("get", NO_TOKEN),
    **{f"api:{name}": ("put", NO_TOKEN) for name in ("card_front", "card_back", "data")},
    **{
        f"api:{name}": ("post", NO_TOKEN)
        for name in (*TURNS, "selfie", "return", "password", "consent")
    },
    "identity_api:check": ("get", NOBODY_BUT_POST),
    "staff_service": ("get", SIGNED_IN),
    **dict.fromkeys(OF_STATISTICS, ("get", (401, 401, 403, 403, 200))),
    **dict.fromkeys(("api_schema", "api_documentation"), ("get", EVERYBODY)),
    **dict.fromkeys(
        ("privacy accessibility about help offline service_worker".split()), ("get", EVERYBODY)
    ),
    **dict.fromkeys(("live", "ready", "service", "statistics_api:service"), ("get", EVERYBODY)),
    **dict.fromkeys(("set_language", "set_theme"), ("get", LED_BACK)),
    "arrived": ("post", (204,) * 5),
    "review:entry": ("get", (302,) * 5),
    "review:queue": ("get", OFFICERS),
    "review:search": ("get", OFFICERS),
    "review:numbers": ("get", (302, 302, 403, 403, 403)),
    "review:take_next": ("post", (302, 302, 302, 302, 403)),
    "review:case": ("get", THIS_OFFICE),
    "review:take": ("post", (302, 302, 302, 404, 403)),
    "review:release": ("post", (302, 302, 302, 404, 403)),
    "review:decide": ("post", (302, 302, 422, 404, 403)),
    **dict.fromkeys(("review:picture", "review:face"), ("get", (302, 302, 404, 404, 403))),
    "review:hold": ("post", (302, 302, 409, 404, 403)),
    "review:undo": ("post", (302, 302, 302, 404, 403)),
    **{f"review:{name}": ("post", (302, 302, 403, 403, 403)) for name in ("reassign", "reopen")},
    "review:second_person": ("post", (302, 302, 404, 404, 403)),
    "review:digital_id_status": ("post", (302, 302, 302, 404, 403)),
    "counter:home": ("get", OFFICERS),
    **{
        f"counter:{name}": ("get", (302, 302, 404, 404, 403))
        for name in ("visit", "status", "leave_kiosk")
    },
    **{
        f"counter:{name}": ("post", (302, 302, 404, 404, 403))
        for name in ("recapture", "link", "enter_kiosk")
    },
    "review:changes": ("get", OFFICERS),
    "review:cases_file": ("get", OFFICERS),
    "review:save_view": ("post", (302, 302, 302, 302, 403)),
    "review:remove_view": ("post", (302, 302, 404, 404, 403)),
    "review:numbers_file": ("get", (302, 302, 403, 403, 403)),
    "people:list": ("get", CENTRAL),
    "people:invite": ("get", CENTRAL),
    "people:person": ("get", CENTRAL),
    "people:link": ("post", CENTRAL_POST),
    **{
        f"people:{name}": ("post", CENTRAL_POST)
        for name in ("suspend", "reinstate", "end_all_sessions")
    },
    "people:end_own_session": ("post", (302, 302, 404, 404, 404)),
    "people:accept": ("get", (404,) * 5),
    "pilot:returning": ("get", EVERYBODY),
    "rollout:later": ("get", EVERYBODY),
    "pilot:new_terms": ("get", ELSEWHERE_ON_THE_WAY),
    "pilot:list": ("get", OFFICERS),
    "pilot:case": ("get", THIS_OFFICE),
    "pilot:decide": ("post", (302, 302, 302, 404, 403)),
    **dict.fromkeys((*DASHBOARDS, "dashboards:summary", "questions:list"), ("get", WATCHERS)),
    "dashboards:stop_summary": ("get", (404,) * 5),
    **{f"audit:{name}": ("get", WATCHERS) for name in ("list", "hints", "export")},
    **dict.fromkeys(("questions:question", "audit:entry"), ("get", (302, 302, 403, 403, 404))),
    "audit_api:head": ("get", (404,) * 5),
    "audit_api:consistency": ("get", (400,) * 5),
    "audit_api:inclusion": ("get", (403, 403, 403, 403, 404)),
    **dict.fromkeys(("metrics", "security_txt"), ("get", (404,) * 5)),  # nothing is set
    "admin:index": ("get", (302, 302, 302, 302, 200)),
}
COUNTER = ("visit", "status", "recapture", "link", "enter_kiosk", "leave_kiosk")
DIFFERENT = OF_OFFICES_DIFFERENT | {
    **dict.fromkeys((*DASHBOARDS, "dashboards:summary", *OF_STATISTICS), (200, 200, 200)),
    **dict.fromkeys(("review:numbers", "review:numbers_file"), (200, 200, 403)),
    **dict.fromkeys(
        [f"review:{name}" for name in ("queue", "search", "case", "changes", "cases_file")],
        (200, 200, 200),
    ),
    **dict.fromkeys(("review:picture", "review:face"), (404, 404, 404)),
    "review:second_person": (404, 404, 403),
    **dict.fromkeys(("review:reassign", "review:reopen"), (302, 302, 403)),
    "counter:home": (200, 403, 403),
    **{f"counter:{name}": (404, 403, 403) for name in COUNTER},
    "admin:index": (302, 302, 302),
}
OF_A_NUMBER = "audit:entry audit_api:inclusion identity:ask people:end_own_session".split()
ARGUMENTS = {
    **(ARGUMENTS_OF_DEVICES | ARGUMENTS_OF_TRYING | ARGUMENTS_OF_GUIDES),
    **{name: {"pk": 0} for name in (*OF_A_NUMBER, "relying_parties:take_back")},
    **{key: {"pk": uuid.UUID(int=0)} for key in ("questions:question", *OF_A_UUID, *OF_A_LEVER)},
    "statistics_api:page": {"page": "overview"},
    "dashboards:file": {"page": "overview", "kind": "xlsx"},
    "dashboards:stop_summary": {"token": "a-token-that-is-not"},
    **{key: {"number": 0} for key in ("identity:statuses", "relying_parties:wallet_statuses")},
    "people:accept": {"secret": "a-secret-that-is-not"},
    "registration:take_handoff": {"secret": "a-secret-that-is-not"},
    "review:second_person": {"asked": uuid.UUID(int=0)},
    **{f"review:{name}": {"kind": "selfie"} for name in ("picture", "face")},
    **{f"review:{name}_file": {"kind": "csv"} for name in ("cases", "numbers")},
    "review:remove_view": {"pk": 0},
}
DECIDING = "take hold release decide undo reassign reopen digital_id_status second_person".split()
ON_A_CASE = ("case", "picture", "face", *DECIDING)
OF_A_CASE = {f"review:{name}" for name in ON_A_CASE} | {f"counter:{name}" for name in COUNTER}
OF_THE_PILOT = {"pilot:case", "pilot:decide"}
# allauth's own pages hold themselves to the signed-in account; the gate keeps the others out.
OF_ALLAUTH = ("account_", "mfa_", "usersessions_")


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        elif entry.namespace == "admin":
            yield "admin:index"
        else:
            yield from names(entry, f"{entry.namespace}:" if entry.namespace else space)


def test_every_address_has_its_row():
    ours = {name for name in names(get_resolver()) if not name.startswith(OF_ALLAUTH)}
    assert ours == set(ROWS)


@pytest.fixture
def case() -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW)


def client_of(persona: str) -> Client:
    client = Client()
    if persona == "citizen":
        session = client.session
        session[SESSION_KEY] = str(EnrollmentFactory(state=State.CONSENTED).pk)
        session.save()
    elif persona != "anonymous":
        sign_in(client, OfficerFactory(**({} if persona == "officer" else {persona: True})))
    return client


@pytest.mark.parametrize("name", ROWS)
def test_each_persona_gets_what_the_row_says(name, case):
    method, row = ROWS[name]
    expected = (*row, *DIFFERENT.get(name, (row[2], row[2], row[4])))
    arguments = dict(ARGUMENTS.get(name, {}))
    if name in OF_A_CASE:
        arguments["pk"] = case.pk
    if name in OF_THE_PILOT:
        arguments["pk"] = PilotMemberFactory(office=case.office).pk
    if name in OF_A_PERSON:
        arguments["pk"] = OfficerFactory().pk
    address, everybody = reverse(name, kwargs=arguments), PERSONAS + FURTHER_ROLES
    got = tuple(getattr(client_of(persona), method)(address).status_code for persona in everybody)
    assert dict(zip(everybody, got, strict=True)) == dict(zip(everybody, expected, strict=True))


def test_an_account_without_the_second_factor_gets_nowhere(case):
    client = Client()
    client.force_login(OfficerFactory())
    address = reverse("review:case", kwargs={"pk": case.pk})
    answer = client.get(address, headers={"Sec-Fetch-Dest": "document", "Accept": "text/html"})
    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
