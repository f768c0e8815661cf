"""One phone shows, the other looks at it through its camera."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from scripts.chromium import find_chromium
from tests.codes_filmed import before_the_camera
from tests.portal import Portal

pytestmark = pytest.mark.browser


@pytest.fixture
def checker(
    holder: Page,
    playwright: Playwright,
    portal: Portal,
    tmp_path: Path,
) -> Iterator[Page]:
    """The browser of a checker whose camera is held before the holder's phone."""
    browser = playwright.chromium.launch(
        executable_path=find_chromium(),
        args=before_the_camera(holder.locator(".code"), tmp_path),
    )
    context = browser.new_context(base_url=portal.url, viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "django_language", "value": "en", "url": portal.url}])
    yield context.new_page()
    browser.close()


def test_a_code_is_scanned_by_camera_and_compared(checker):
    checker.goto("/check/")
    checker.get_by_role("button", name="Scan a code").click()
    verdict = checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid", timeout=20_000)
    expect(verdict).to_have_attribute("data-is", "compare")
    verdict.get_by_label("The photo shows the person before me.").check()
    expect(verdict).to_have_attribute("data-is", "good")
