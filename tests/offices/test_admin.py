"""Offices change by two administrators; officers have their pages elsewhere."""

import pytest
from django.contrib import admin
from django.urls import reverse

from audit.models import Entry
from offices.models import Office, Officer, Proposal
from registration.models import DecisionReason
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client, agreed_by_another, asked_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(administrator):
    return administrators_client(administrator)


def change(site, subject, **fields):
    known = {field.name: getattr(subject, field.name) for field in subject._meta.fields}
    address = f"admin:{subject._meta.app_label}_{subject._meta.model_name}_change"
    given = {name: value for name, value in (known | fields).items() if value is not False}
    return site.post(reverse(address, args=[subject.pk]), given)


def entries_about(subject) -> list[tuple]:
    made = Entry.objects.about(subject).exclude(action__startswith="lever.")
    return [(entry.action, entry.details) for entry in made]


def test_an_officer_has_one_page_and_it_is_not_here():
    assert Officer not in admin.site._registry


def test_an_offices_province_changes_by_two(site):
    office = OfficeFactory(code="9901", province_code="99")
    OfficerFactory(office=office)
    change(site, office, province_code="10")
    proposal = asked_for(site)
    assert (proposal.people, Office.objects.get(pk="9901").province_code) == (1, "99")
    agreed_by_another(proposal)
    assert Office.objects.get(pk="9901").province_code == "10"
    said = {"step": "changed", "fields": ["province_code"]}
    assert entries_about(office) == [("office.changed", said)]


def test_a_new_office_comes_by_two(site):
    fields = {"code": "9902", "name_th": "ใหม่", "name_en": "New", "province_code": "99"}
    fields |= {"province_th": "จังหวัด", "province_en": "Province"}
    site.post(reverse("admin:offices_office_add"), fields)
    agreed_by_another(asked_for(site))
    assert Office.objects.get(pk="9902").name_en == "New"


def test_an_office_is_never_deleted(site):
    office = OfficeFactory(code="9901")
    address = reverse("admin:offices_office_delete", args=[office.pk])
    assert site.post(address, {"post": "yes"}).status_code == 403


def test_a_reason_for_decisions_changes_by_two(site):
    OfficerFactory()
    reason = DecisionReason.objects.get(code="not_genuine")
    change(site, reason, text_en="Other words.", active=False)
    agreed_by_another(asked_for(site))
    reason.refresh_from_db()
    assert (reason.text_en, reason.active) == ("Other words.", False)
    said = {"step": "changed", "fields": ["active", "text_en"]}
    assert entries_about(reason) == [("record.changed", said)]


def test_what_does_not_fit_is_refused_and_leaves_nothing(site):
    reason = DecisionReason.objects.get(code="not_genuine")
    answer = change(site, reason, stands_for="card_unclear")
    assert "stands_for" in answer.context["adminform"].form.errors
    assert (Proposal.objects.count(), entries_about(reason)) == (0, [])


def test_no_page_of_a_library_changes_people_unrecorded(site):
    listed = {app["app_label"] for app in site.get(reverse("admin:index")).context["app_list"]}
    assert listed == {
        "offices",
        "pilot",
        "population",
        "registration",
        "relying_parties",
        "rollout",
    }
