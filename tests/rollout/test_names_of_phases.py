"""The phases that a new portal begins with are called in the reader's language, everywhere."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from audit.models.searches import About
from audit.search.subjects import look_up
from rollout.levers import PhaseLever
from rollout.models import Phase
from tests.levers import administrators_client
from tests.test_house_rules import templates

THAI = {"Accept-Language": "th"}


def test_no_template_prints_the_stored_name():
    stored = re.compile(r"{{\s*(\w+\.)*(phase|wave|planned)\.name\b")
    assert [path.name for path in templates() if stored.search(path.read_text())] == []


@pytest.fixture
def national(db) -> Phase:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Phase.objects.filter(pk="national").update(starts_on=tomorrow)
    return Phase.objects.get(pk="national")


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("get", reverse("plan:page")),
        ("post", reverse("admin:rollout_phase_try", args=["national"])),
    ],
)
def test_a_page_that_names_it_names_it_in_thai(national, method, page):
    text = getattr(administrators_client(), method)(page, headers=THAI).text
    assert ["ทั่วประเทศ" in text, re.findall(r">\s*National\s*<", text)] == [True, []]


@pytest.mark.parametrize(("language", "name"), [("th", "ทั่วประเทศ"), ("en", "National")])
def test_a_change_of_it_is_shown_in_the_readers_language(national, language, name):
    with translation.override(language):
        assert PhaseLever().word("name", "National") == name
        assert PhaseLever().word("name", "Isan") == "Isan"
        assert PhaseLever().title("national", {}) == name


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "name"), [("th", "ภาคอีสาน"), ("en", "Isan")])
def test_a_wave_has_a_name_in_either_language(language, name):
    Phase.objects.create(
        code="isan", name="Isan", name_th="ภาคอีสาน", capacity=5, starts_on="2030-01-01"
    )
    with translation.override(language):
        assert str(Phase.objects.get(pk="isan")) == name
        assert PhaseLever().title("", {"name": "Isan", "name_th": "ภาคอีสาน"}) == name
        found = [look_up(About.PHASE, text) for text in ("isan", "อีสาน")]
    assert [[(one.pk, one.name) for one in each] for each in found] == [[("isan", name)]] * 2


@pytest.mark.django_db
def test_a_wave_without_a_thai_name_has_the_other_one():
    Phase.objects.create(code="isan", name="Isan", capacity=5, starts_on="2030-01-01")
    with translation.override("th"):
        assert str(Phase.objects.get(pk="isan")) == "Isan"
