"""Showing claims to a service in Chromium: on the same device, and for a code on another screen."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.identity.factories import PASSWORD
from tests.looks import violations
from tests.portal import Portal
from tests.relying_parties.factories import SECRET

pytestmark = pytest.mark.browser


class Service:
    """A registered service, asking over HTTP as any would."""

    def __init__(self, portal: Portal, return_to: str) -> None:
        code = "from tests.relying_parties.prepared import service; "
        made = portal.manage("shell", "-c", f"{code}print(service('{return_to}'))").split()
        self.auth, self.url = (made[-1], SECRET), portal.url

    def ask(self, **fields) -> dict:
        return self.post(f"{self.url}/connect/presentations/", claims="name age_over_20", **fields)

    def post(self, address: str, **fields) -> dict:
        answered = requests.post(address, fields, auth=self.auth, timeout=10)
        assert answered.ok, answered.text
        return answered.json()


@pytest.fixture
def service(portal: Portal, callback: str) -> Service:
    return Service(portal, callback)


def test_on_the_phone_itself_the_holder_is_led_back_after_a_lost_connection(
    holder: Page, service, callback
):
    asked = service.ask(return_to=callback)
    holder.goto(asked["page"])
    expect(holder.get_by_text("Sample Department")).to_be_visible()
    assert violations(holder) == []
    holder.get_by_label("Whether you are 20 or older").check()
    holder.context.set_offline(True)
    holder.get_by_role("button", name="Show this").click()
    expect(holder.get_by_text("It could not be sent")).to_be_visible()
    holder.context.set_offline(False)
    holder.get_by_role("button", name="Show this").click()
    expect(holder.get_by_text("Welcome back")).to_be_visible()
    (code,) = parse_qs(urlsplit(holder.url).query)["response_code"]
    told = service.post(asked["result"], response_code=code)
    claims = {"name": "นางสาว มาลี ใจดี", "age_over_20": True}
    assert told == {"status": "shown", "claims": claims}


def test_for_another_screen_it_says_where_to_go_on(holder: Page, service):
    asked = service.ask()
    holder.goto(asked["page"])
    expect(holder.get_by_text("Are you with this service right now?")).to_be_visible()
    assert violations(holder) == []
    holder.get_by_role("button", name="Show this").click()
    expect(holder.get_by_role("heading", name="Shown")).to_be_focused()
    assert violations(holder) == []
    assert service.post(asked["result"])["claims"] == {"name": "นางสาว มาลี ใจดี"}
    holder.goto(asked["page"])
    expect(holder.get_by_role("heading", name="This request is closed")).to_be_visible()


def test_without_a_session_the_phones_key_and_the_password_open_it(holder: Page, service):
    asked = service.ask()
    holder.context.clear_cookies(name="sessionid")
    holder.goto(asked["page"])
    holder.get_by_label("Your password").fill(PASSWORD)
    holder.get_by_role("button", name="Open", exact=True).click()
    holder.get_by_role("button", name="Show nothing").click()
    expect(holder.get_by_role("heading", name="Nothing was shown")).to_be_focused()
    assert service.post(asked["result"]) == {"status": "declined"}
