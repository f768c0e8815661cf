"""What a lever guards is written by nothing else: every form, page and API is tried."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from offices.lever_admin import GuardedAdmin
from offices.lever_views import DRAFT
from offices.levers import LEVERS
from offices.roles import Role
from pilot.models import PilotImport
from pilot.steering import STEPS as PILOT_STEPS
from population.imports.steering import STEPS as REGISTER_STEPS
from population.models import ImportRun
from registration.models import Enrollment
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.guarded import WANTED, guarded, things
from tests.levers import administrators_client, agreed_by_another, asked_for
from tests.test_access import ARGUMENTS, OF_A_CASE, OF_A_PERSON, ROWS

__all__ = ["things"]
pytestmark = pytest.mark.django_db
# One alone takes access away: that is what these are for.
TAKING_AWAY = {
    "people:suspend",
    "people:end_all_sessions",
    "people:end_membership",
    "people:switch_off",
}
STEPS = {ImportRun: {*REGISTER_STEPS, "roll_back"}, PilotImport: {*PILOT_STEPS, "take_back"}}
ONE_ROW = {"line", "exercises"}  # which is there
GUARDED = [one for one in admin.site._registry.values() if isinstance(one, GuardedAdmin)]


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
        steps = sorted(STEPS.get(model, ()))
        found += [reverse(f"{name}_step", args=[row.pk, step]) for row in rows for step in steps]
    steps = ("open", "try")
    return [*found, *(reverse(f"admin:rollout_phase_{step}", args=["national"]) for step in steps)]


def test_no_form_of_the_administration_site_writes_a_guarded_value(client, things):
    tried, before = addresses_of_admin(things), guarded()
    for address in tried:
        client.post(address, WANTED)
    assert len(tried) > 20
    assert guarded() == before


def page_of(guarded_admin: GuardedAdmin, page: str, *arguments: object) -> str:
    of = guarded_admin.model._meta
    return reverse(f"admin:{of.app_label}_{of.model_name}_{page}", args=arguments)


@pytest.mark.parametrize("of", GUARDED, ids=lambda of: of.lever)
def test_each_form_is_filled_in_rightly_and_leads_to_its_lever(client, things, of):
    """Else the tests beside it would try forms that save nothing because they are refused."""
    (row,) = (one for one in things.values() if isinstance(one, of.model))
    before = guarded()
    assert client.post(page_of(of, "change", row.pk), WANTED).url == reverse("levers:ask")
    draft = client.session[DRAFT]
    assert (draft["lever"], draft["subject"]) == (of.lever, str(row.pk))
    assert draft["new"]
    assert guarded() == before


@pytest.mark.parametrize("of", [of for of in GUARDED if of.lever not in ONE_ROW], ids=str)
def test_each_form_that_adds_leads_to_its_lever_too(client, things, of):
    before = guarded()
    answer = client.post(page_of(of, "add"), WANTED | {"code": "9999"})
    assert answer.url == reverse("levers:ask")
    draft = client.session[DRAFT]
    assert (draft["lever"], draft["subject"], bool(draft["new"])) == (of.lever, "", True)
    assert guarded() == before


@pytest.mark.parametrize(("name", "step"), [("run", "roll_back"), ("file", "take_back")])
def test_two_together_change_by_such_a_step_what_one_alone_does_not(client, things, name, step):
    before, of = guarded(), things[name]._meta
    where = f"admin:{of.app_label}_{of.model_name}_step"
    client.post(reverse(where, args=[things[name].pk, step]))
    proposal = asked_for(client)
    assert guarded() == before
    agreed_by_another(proposal)
    after = guarded()
    assert [len(rows) for rows in after] != [len(rows) for rows in before]


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
    of_imports = {"pilot_back", "register_back"}
    assert set(LEVERS) == of_people | of_the_rest | of_imports
    fields = {field for lever in LEVERS.values() for field in lever.labels()}
    assert fields - set(WANTED) == {
        "opens_self",
        "opens_app",
        "link",
        "id",
    }  # switched off, or no field
