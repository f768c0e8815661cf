"""The pictures of the guides show the pages as they are: each scene is opened anew and read."""

import pytest
from playwright.sync_api import Browser

from core.guides import pictures
from scripts.pictures.taking import every_scene
from tests.e2e.conftest import A_CASE
from tests.portal import Portal

pytestmark = pytest.mark.browser
WAITING = "SELECT count(*) FROM registration_enrollment WHERE state = 'waiting_review'"


def test_each_picture_shows_what_its_page_says_today(drawing: Browser, sample_portal: Portal):
    """Whoever changes these pages runs `make pictures`."""
    if sample_portal.query(WAITING) == [(0,)]:
        sample_portal.manage("shell", "--verbosity=0", "--command", A_CASE)
    said = {taken.name: taken.words for taken in every_scene(drawing, sample_portal.url, ("th",))}
    assert said == {name: both["th"]["words"] for name, both in pictures().items()}
