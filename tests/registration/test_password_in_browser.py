"""The rules of a password are told by mark and word, and nothing is ticked before it is so."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.identity.phone_keys import key_of_the_selfie
from tests.portal import Portal

pytestmark = pytest.mark.browser
MAKE = """
from tests.registration.every_step import citizen_at, session_of
import json
citizen = citizen_at("password", 77)
print(json.dumps([session_of(citizen), str(citizen.pk)]))
"""


@pytest.fixture
def choosing(page: Page, portal: Portal) -> Page:
    session, enrollment = json.loads(portal.manage("shell", "--verbosity=0", "-c", MAKE))
    cookies = {"sessionid": session, "django_language": "en"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": portal.url} for name, value in cookies.items()]
    )
    key_of_the_selfie(page, portal, enrollment)
    page.goto("/register/password/")
    return page


def test_a_rule_is_ticked_when_it_is_met_crossed_when_not_and_neither_before(choosing: Page):
    long, varied, _always = choosing.locator(".rules li").all()
    for rule in (long, varied):
        expect(rule.get_by_text("Met:", exact=True)).to_be_hidden()
        expect(rule.get_by_text("Not yet met:")).to_be_hidden()
    first = choosing.locator("[name=first]")
    first.fill("aaaaaaaaa")
    expect(long.get_by_text("Met:", exact=True)).to_be_visible()
    expect(varied.get_by_text("Not yet met:")).to_be_visible()
    marks = ".rules__mark:visible use"
    assert long.locator(marks).get_attribute("href") != varied.locator(marks).get_attribute("href")
    first.fill("")
    expect(varied.get_by_text("Not yet met:")).to_be_hidden()
