"""Signing in to a service in Chromium, in Thai, with a service that really listens."""

import pytest
from authlib.integrations.requests_client import OAuth2Session
from playwright.sync_api import Page, expect

from core.thai_words import joined
from tests.identity.factories import PASSWORD
from tests.looks import violations
from tests.portal import Portal
from tests.relying_parties.factories import SECRET

pytestmark = pytest.mark.browser
VERIFIER = "v" * 64


def test_a_citizen_signs_in_and_tells_only_what_was_ticked(
    page: Page, portal: Portal, callback: str
):
    code = "from tests.relying_parties.prepared import holder_and_service as make; "
    made = portal.manage("shell", "-c", f"{code}print(make(1, '{callback}'))").split()
    session, service = made[-2:]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    client = OAuth2Session(
        service, SECRET, scope="openid profile age", redirect_uri=callback,
        code_challenge_method="S256",
    )  # fmt: skip
    address, state = client.create_authorization_url(
        f"{portal.url}/connect/authorize/", code_verifier=VERIFIER, nonce="n-1"
    )
    page.goto(address)
    expect(page.get_by_text("กรมตัวอย่าง")).to_be_visible()
    assert violations(page) == []
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[data-dopa-once] button[type=submit]").click()
    expect(page.get_by_text("นางสาว มาลี ใจดี")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("อายุครบ 20 ปีแล้วหรือไม่").check()
    page.get_by_role("button", name=joined("ยินยอมและดำเนินการต่อ")).click()
    expect(page.get_by_text("Welcome back")).to_be_visible()
    client.fetch_token(
        f"{portal.url}/connect/token/", authorization_response=page.url, state=state,
        code_verifier=VERIFIER,
    )  # fmt: skip
    told = client.get(f"{portal.url}/connect/userinfo/").json()
    assert (set(told), told["age_over_20"]) == ({"sub", "name", "age_over_20"}, True)
    page.goto(f"{portal.url}/id/services/")
    page.get_by_role("button", name="ยกเลิกความยินยอม").click()
    expect(page.get_by_text("ท่านยังไม่เคยเข้าสู่ระบบ")).to_be_visible()
    assert client.get(f"{portal.url}/connect/userinfo/").status_code == 401
