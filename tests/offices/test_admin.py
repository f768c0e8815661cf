"""What an administrator changes in the administration site is recorded."""

import pytest
from django.urls import reverse

from audit.models import Entry
from offices.models import Office, Officer
from tests.factories import OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, administrator, signed_in):
    return signed_in(client, administrator)


def entries_about(subject) -> list[tuple]:
    return [(entry.action, entry.details) for entry in Entry.objects.about(subject)]


def change(site, subject, **fields):
    name = subject._meta.model_name
    return site.post(reverse(f"admin:offices_{name}_change", args=[subject.pk]), fields)


def office_fields(office: Office) -> dict:
    return {field.name: getattr(office, field.name) for field in Office._meta.fields}


def test_officers_are_changed_on_the_pages_of_people_alone(site):
    colleague = OfficerFactory()
    fields = {"email": colleague.email, "name": colleague.name, "office": colleague.office_id}
    assert change(site, colleague, **fields, role="administrator").status_code == 403
    fields = {"email": "new@example.org", "name": "New", "role": "administrator"}
    assert site.post(reverse("admin:offices_officer_add"), fields).status_code == 403
    assert Officer.objects.get(pk=colleague.pk).role == "officer"


def test_a_changed_office_is_recorded_with_who_did_it(site, administrator):
    office = OfficeFactory()
    change(site, office, **office_fields(office) | {"name_en": "Another name"})
    entry = Entry.objects.about(office).get()
    assert [entry.action, entry.actor_id] == ["office.changed", str(administrator.pk)]
    assert entry.details == {"step": "changed", "fields": ["name_en"]}


@pytest.mark.parametrize("way", ["one", "several"])
def test_a_deleted_office_is_recorded(site, way):
    office = OfficeFactory(code="9901")
    if way == "one":
        site.post(reverse("admin:offices_office_delete", args=[office.pk]), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [office.pk], "post": "yes"}
        site.post(reverse("admin:offices_office_changelist"), chosen)
    assert entries_about(office) == [("office.changed", {"step": "deleted"})]
    assert not Office.objects.filter(pk="9901").exists()


def test_officers_are_switched_off_and_never_deleted(site):
    path = reverse("admin:offices_officer_delete", args=[OfficerFactory().pk])
    assert site.post(path, {"post": "yes"}).status_code == 403


def test_a_write_that_fails_leaves_no_entry(site):
    office = OfficeFactory()
    answer = change(site, office, **office_fields(office) | {"name_en": ""})
    assert "name_en" in answer.context["adminform"].form.errors
    assert entries_about(office) == []


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
