"""The fixtures that every browser test stands on."""

import pytest
from playwright.sync_api import Page

from tests.portal import Portal

pytestmark = pytest.mark.browser


def test_a_browser_opens_the_portal_in_thai(page: Page):
    answer = page.goto("/")
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "th"


def test_the_portal_has_a_database_and_queue_of_its_own(portal: Portal):
    assert portal.query("SELECT current_database()") == [(portal.name,)]
    assert portal.query("SELECT count(*) > 900 FROM offices_office") == [(True,)]
    assert portal.redis.ping() is True


def test_a_killed_worker_of_the_portal_can_be_started_again(portal: Portal):
    portal.worker.process.kill()
    portal.worker.process.wait()
    assert portal.worker.running is False
    portal.worker.start()
    assert portal.worker.running is True
