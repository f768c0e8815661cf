"""A page that another site opens is not compressed: its length would say too much (BREACH)."""

import re

import pytest
from playwright.sync_api import Page, Response

from tests.portal import Portal

pytestmark = pytest.mark.browser
READY = "() => navigator.serviceWorker.ready.then((worker) => Boolean(worker.active))"
OPEN = "(address) => { location.href = address; }"


def opened(page: Page, address: str) -> Response:
    """The answer to what the page itself goes to."""
    with page.expect_response(address) as answer:
        page.evaluate(OPEN, address)
    page.wait_for_url(address)
    return answer.value


def test_only_the_portal_itself_gets_a_page_of_a_session_compressed(page: Page, portal: Portal):
    target = f"{portal.url}/about/"
    elsewhere = portal.url.replace("127.0.0.1", "localhost")  # another site to a browser
    page.goto("/privacy/")
    assert page.evaluate(READY)
    page.context.add_cookies([{"name": "sessionid", "value": "a-key", "url": portal.url}])
    page.goto("/privacy/")
    assert opened(page, target).header_value("content-encoding") == "gzip"
    page.goto(f"{elsewhere}/privacy/")
    answer = opened(page, target)
    assert re.match("text/html", answer.header_value("content-type"))
    assert answer.header_value("content-encoding") is None
