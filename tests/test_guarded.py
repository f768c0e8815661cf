"""What a lever guards is written by nothing else: every form, API and command is tried."""

import ast
import json
import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dashboards.models import FigureValue
from offices.levers import LEVERS
from offices.models import Invitation, Membership, Office, Officer
from offices.roles import Role
from registration.models import DecisionReason, Enrollment, ExerciseShare
from registration.reasons import add_missing_reasons
from registration.states import State
from relying_parties.models import RelyingParty
from rollout.models import LineRule, Phase, Place, Shard
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import administrators_client
from tests.relying_parties.factories import RelyingPartyFactory
from tests.test_access import ARGUMENTS, OF_A_CASE, OF_A_PERSON, ROWS
from tests.test_house_rules import APPS, ROOT, name_of, sources

pytestmark = pytest.mark.django_db
# Values that each guarded field takes, under the names that forms, APIs and steps know.
WANTED = {
    "capacity": 1, "closed": "on", "starts_on": "2020-01-01", "ends_on": "2020-01-02",
    "provinces": "10", "opens_office": "", "code": "national", "name": "Another",
    "role": "administrator", "is_active": "", "email": "new@example.org", "office": "",
    "enabled": "", "redirect_uris": "https://evil.example/", "claims": ["name"],
    "required_claims": ["name"], "new_secret": "on", "contact": "evil@example.org",
    "name_th": "อื่น", "name_en": "Another", "auth_method": "client_secret", "jwks": "null",
    "second_factor_lost": "on", "back": "yes", "taken": 7, "reason": "Because I want it so.",
    "value": 7, "listed": "evil@example.org,Evil,1206",
    "province_code": "10", "province_th": "อื่น", "province_en": "Another", "text_th": "อื่น",
    "text_en": "Another", "stands_for": "other", "position": 7, "active": "", "move": "reject",
    "mode": "off", "per_minute": 7, "people": 0, "joins": "5001", "account": "off",
    "percent": 5, "a_day": 7,
    "at_once": "yes", "_selected_action": ["national"], "action": "delete_selected", "post": "yes",
}  # fmt: skip
# One alone takes access away: that is what these are for.
TAKING_AWAY = {
    "people:suspend",
    "people:end_all_sessions",
    "people:end_membership",
    "people:switch_off",
}
# Who may call what writes: the levers, and nobody else.
WRITERS = {
    "change_phase": {"rollout/levers.py", "rollout/cut_over.py"},  # a dry run is rolled back
    "save_relying_party": {"relying_parties/levers.py"},
    "invite_officer": {"offices/rights_lever.py"},
    "renew_link": {"offices/rights_lever.py"},
    "reinstate_officer": {"offices/rights_lever.py"},
    "change_rights": {"offices/rights_lever.py"},
    "add_membership": {"offices/rights_lever.py"},
    "invite_listed": {"offices/list_lever.py"},
    "switch_off": {"offices/people.py", "offices/off_lever.py"},  # by one who may; by two
    "move_line": {"rollout/line_lever.py", "rollout/tasks.py", "rollout/line/entering.py"},
    "let_begin": {"rollout/beginning.py"},  # what two agreed to, on its day
    "take_place": {"rollout/gate.py"},
    "give_place_back": {"rollout/gate.py"},
}
WHOLE_ROWS = (
    LineRule, Phase, Shard, Place, RelyingParty, Office, DecisionReason, Membership, FigureValue,
    ExerciseShare,
)  # fmt: skip
MODELS = (
    "LineRule",
    "Phase",
    "Shard",
    "Place",
    "RelyingParty",
    "Officer",
    "Office",
    "DecisionReason",
    "Membership",
    "FigureValue",
    "ExerciseShare",
)
# The services themselves, and what a password and a switched-off account need.
AT_HOME = {
    "rollout/services.py", "relying_parties/services.py", "offices/people.py",
    "offices/memberships.py",
    "offices/lists.py",
    "rollout/models/line.py",
    "registration/models/exercises.py",  # what holds while no lever has set it
    "dashboards/places.py",  # another Place: of the map
    "offices/off_lever.py",  # what one switched off for a day comes back by itself
    "offices/templatetags/staff.py",  # of no row: whose role is asked what it may
    "offices/services.py", "registration/reasons.py",  # what a new portal begins with
}  # fmt: skip


def guarded() -> list[list[tuple]]:
    """Every guarded value as the database has it."""
    fields = ("email", "name", "role", "office", "is_active", "suspended_by", "password")
    people = Officer.objects.order_by("pk").values_list(*fields)
    return [
        list(people),
        list(Invitation.objects.order_by("pk").values_list("pk", "officer")),
        *(list(model.objects.order_by("pk").values_list()) for model in WHOLE_ROWS),
    ]


@pytest.fixture
def things() -> dict[str, object]:
    officer, service = OfficerFactory(), RelyingPartyFactory()
    reason = DecisionReason.objects.filter(move="reject").first()
    phase = Phase.objects.get(code="national")
    rule = LineRule.objects.create(pk=1, mode="itself")
    share = ExerciseShare.objects.create(pk=1)
    return {
        "officer": officer, "service": service, "phase": phase, "office": officer.office,
        "reason": reason, "rule": rule, "share": share,
    }  # fmt: skip


@pytest.fixture
def client() -> Client:
    return administrators_client()


def addresses_of_admin(things) -> list[str]:
    found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_{page}") for page in ("changelist", "add")]
        rows = [one for one in things.values() if isinstance(one, model)]
        rows += list(model.objects.all()[:2])
        found += [reverse(f"{name}_{p}", args=[r.pk]) for r in rows for p in ("change", "delete")]
    steps = ("open", "try")
    return [*found, *(reverse(f"admin:rollout_phase_{step}", args=["national"]) for step in steps)]


def test_no_form_of_the_administration_site_writes_a_guarded_value(client, things):
    tried, before = addresses_of_admin(things), guarded()
    for address in tried:
        client.post(address, WANTED)
    assert len(tried) > 20
    assert guarded() == before


def address(name: str, things) -> str:
    arguments = dict(ARGUMENTS.get(name, {}))
    if name in OF_A_PERSON:
        arguments["pk"] = things["officer"].pk
    if name in OF_A_CASE:
        arguments["pk"] = EnrollmentFactory(state=State.WAITING_REVIEW).pk
    return reverse(name, kwargs=arguments)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_page_and_no_api_writes_a_guarded_value(client, things, method):
    tried, before = 0, guarded()
    for where in pages(things):
        if method == "post":
            client.post(where, WANTED)
        client.generic(method.upper(), where, json.dumps(WANTED), content_type="application/json")
        tried += 1
    assert tried > 150
    assert guarded() == before
    assert Enrollment.objects.filter(state=State.WAITING_REVIEW).exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_of_another_role_writes_one_either(things, role):
    """Without the office that is named in what is sent, and with it."""
    officer = OfficerFactory(**{role: True} if role != Role.OFFICER else {})
    client, before, tried = administrators_client(officer), guarded(), []
    for where in [*addresses_of_admin(things), *pages(things)]:
        for sent in (WANTED, WANTED | {"office": things["office"].pk}):
            client.post(where, sent)
        client.put(where, json.dumps(WANTED), content_type="application/json")
        tried.append(where)
    assert len(tried) > 170
    assert guarded() == before


def pages(things) -> Iterator[str]:
    """All that have an address by themselves, but those that take access away."""
    for name in sorted(set(ROWS) - TAKING_AWAY - {"pilot:case", "pilot:decide"}):
        with suppress(NoReverseMatch):
            yield address(name, things)


def test_every_lever_guards_something_that_is_tried_here():
    of_people = {"rights", "staff", "off", "list"}
    of_the_rest = {"phase", "line", "relying_party", "office", "reason", "figures", "exercises"}
    assert set(LEVERS) == of_people | of_the_rest
    fields = {field for lever in LEVERS.values() for field in lever.labels()}
    assert fields - set(WANTED) == {
        "opens_self",
        "opens_app",
        "link",
        "id",
    }  # switched off, or no field


def test_no_command_that_a_release_runs_writes_a_guarded_value(things):
    """What two people changed is changed still after the commands that docs/operations.md names."""
    Office.objects.filter(pk=things["office"].pk).update(name_en="Elsewhere", province_code="99")
    reason = things["reason"]
    DecisionReason.objects.filter(pk=reason.pk).update(active=False, text_en="Other words")
    Phase.objects.filter(pk="national").update(closed=True, capacity=7)
    RelyingParty.objects.update(enabled=False)
    for command in ("load_offices", "load_offices"):  # the first adds those that are missing
        before = guarded()
        call_command(command, verbosity=0)
    add_missing_reasons()
    assert guarded() == before
    kept = Office.objects.get(pk=things["office"].pk)
    assert [kept.name_en, kept.province_code] == ["Elsewhere", "99"]


def calls(path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            text = ast.unparse(node.func)
            found.add(text.rpartition(".")[2])
    return found


def test_nothing_but_the_levers_calls_what_writes():
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    called = {name_of(path): calls(path) for path in own}
    found = {name: {path for path, all_of in called.items() if name in all_of} for name in WRITERS}
    assert found == WRITERS


def written(path) -> set[str]:
    """Guarded models whose rows this file creates, updates or deletes in bulk."""
    verbs = r"(create|bulk_create|update|bulk_update|update_or_create|get_or_create|delete)"
    text = path.read_text()
    return {
        name
        for name in MODELS
        if re.search(rf"\b{name}\.objects\b[^\n]*\.{verbs}\(|(?<!class )\b{name}\(", text)
    }


def test_no_command_and_no_other_code_writes_their_rows():
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    wrote = {name_of(path): written(path) for path in own if written(path)}
    assert set(wrote) - AT_HOME == {
        "rollout/levers.py", "rollout/line_lever.py", "relying_parties/levers.py",
        "dashboards/steering/lever.py",
    }  # fmt: skip
