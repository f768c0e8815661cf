"""The API's documentation stands in the portal's frame and is grouped by what it is for."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.utils.translation import trans_real
from drf_spectacular.generators import SchemaGenerator

from core.thai_words import joined


def operations() -> list[dict]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [one for path in paths.values() for one in path.values()]


def groups() -> Counter[str]:
    return Counter(tag for one in operations() for tag in one["tags"])


def test_every_call_stands_in_one_named_group():
    found = groups()
    assert set(found) <= {name for name, _words in settings.API_GROUPS.values()}
    assert len(found) > 3
    assert max(found.values()) < found.total()


@pytest.mark.django_db
def test_no_language_that_somebody_makes_up_is_kept(client):
    assert client.get("/api/v1/schema/", {"lang": "made-up"}).status_code == 200
    assert "made-up" not in trans_real._translations


@pytest.mark.parametrize("code", ["4XX", "503"])
def test_every_call_may_be_refused_in_one_way(code):
    refused = [one["responses"].get(code, {}).get("content", {}) for one in operations()]
    assert {frozenset(one) for one in refused} == {frozenset({"application/problem+json"})}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["th", "en"])
def test_it_has_the_portals_header_and_no_script_of_others(client, language):
    page = client.get("/api/", headers={"Accept-Language": language}).text
    assert ["site-header" in page, "swagger-ui" in page, "cdn" in page] == [True, True, False]


@pytest.mark.django_db
def test_it_says_in_thai_that_the_calls_are_described_in_english(client):
    page = client.get("/api/", headers={"Accept-Language": "th"}).text
    assert joined("เนื้อหาด้านล่างเป็นภาษาอังกฤษ") in page
    assert 'id="swagger-ui" lang="en"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?lang=th"])
def test_the_calls_are_described_in_english_to_everybody(client, query):
    asked = {"Accept-Language": "th", "Accept": "application/vnd.oai.openapi+json"}
    described = client.get(f"/api/v1/schema/{query}", headers=asked).text
    assert re.findall("[ก-๙]+", described) == []
    assert "`booked` - " in described
