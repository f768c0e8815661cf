"""The phases that a new portal begins with are called in the reader's language, everywhere."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

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
