"""The administration site writes days, times and numbers as the portal does."""

import datetime
import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from population.models import ImportRun, RunState
from rollout.models import Phase
from tests.levers import administrators_client
from tests.relying_parties.factories import RelyingPartyFactory

pytestmark = pytest.mark.django_db
THAI = {"Accept-Language": "th"}


@pytest.fixture
def run() -> ImportRun:
    RelyingPartyFactory()
    return ImportRun.objects.create(
        file_name="register.csv", file_bytes=1, fingerprint=b"", rows=1_234_567,
        state=RunState.DONE, finished_at=timezone.now(),
    )  # fmt: skip


def pages() -> list[str]:
    found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_changelist")]
        found += [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()[:2]]
    return found


def test_no_year_of_the_common_era_stands_on_a_thai_page(run):
    client, years, seen = administrators_client(), [], 0
    for address in pages():
        body = client.get(address, headers=THAI).text.split("<main", 1)[1]
        text = re.sub(r"<[^>]*>|&[a-z#0-9]+;", " ", body)
        years += [(address, year) for year in re.findall(r"\b20[0-9]{2}\b", text)]
        seen += len(re.findall(r"\b25[0-9]{2}\b", text))
    assert (years, seen > 3) == ([], True)


def test_what_holds_is_told_in_words_of_the_readers_language(run):
    address = reverse("admin:relying_parties_relyingparty_changelist")
    page = administrators_client().get(address, headers=THAI).text
    assert '<td class="field-enabled">ใช่</td>' in page
    assert 'alt="True"' not in page


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_thousands_are_set_apart(run, page):
    arguments = [run.pk] if page == "change" else []
    address = reverse(f"admin:population_importrun_{page}", args=arguments)
    assert "1,234,567" in administrators_client().get(address, headers=THAI).text


def test_a_phase_takes_days_of_the_buddhist_era():
    client, phase = administrators_client(), Phase.objects.get(code="national")
    address = reverse("admin:rollout_phase_change", args=["national"])
    shown = client.get(address, headers=THAI).context["adminform"].form["starts_on"].value()
    assert shown == "20/1/2566"
    fields = {"name": phase.name, "capacity": phase.capacity, "starts_on": "20/1/2570"}
    client.post(address, fields | {"opens_office": "on", "opens_self": "on", "opens_app": "on"})
    assert client.session["lever-draft"]["new"]["starts_on"] == str(datetime.date(2027, 1, 20))


def test_a_day_that_is_none_is_told():
    client = administrators_client()
    address = reverse("admin:rollout_phase_change", args=["national"])
    page = client.post(address, {"starts_on": "30/2/2570"})
    assert "starts_on" in page.context["adminform"].form.errors
