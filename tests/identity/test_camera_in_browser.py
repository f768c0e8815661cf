"""One phone shows, the other looks at it through its camera."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, Playwright, expect

from scripts.chromium import find_chromium
from tests.portal import Portal

pytestmark = pytest.mark.browser
WIDTH, HEIGHT, FRAMES = 1280, 720, 10


def film_of(page: Page, folder: Path) -> Path:
    """What a camera at arm's length sees of the screen: smaller, a little blurred, in a film."""
    picture = cv2.imdecode(np.frombuffer(page.locator(".code").screenshot(), np.uint8), 1)
    scale = HEIGHT * 0.8 / picture.shape[0]
    seen = cv2.GaussianBlur(cv2.resize(picture, None, fx=scale, fy=scale), (3, 3), 0)
    frame = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    top, left = (HEIGHT - seen.shape[0]) // 2, (WIDTH - seen.shape[1]) // 2
    frame[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    planes = cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes()
    film = folder / "code.y4m"
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode()
    film.write_bytes(head + (b"FRAME\n" + planes) * FRAMES)
    return film


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
        args=[
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film_of(holder, tmp_path)}",
        ],
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
