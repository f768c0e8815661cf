"""However much is said above and beside a case, what is decided upon is seen without scrolling."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import sign_in
from tests.e2e.test_workbench import desk, open_case, registers
from tests.portal import Portal

pytestmark = pytest.mark.browser
__all__ = ["desk"]
ALL_IN_DOUBT = """
    UPDATE registration_finding SET outcome = 'failed'
    WHERE enrollment_id = (SELECT id FROM registration_enrollment WHERE reference = %s)
"""
SEEN_FIRST = 3  # doubts, whoever has more goes on to read


def test_two_banners_and_every_doubt_push_neither_faces_nor_doubts_out_of_view(
    portal: Portal, desk: Page, second
):
    decided, _ = registers(portal, seed=73, face=5)
    registers(portal, seed=75, face=8, differs="face")
    sign_in(desk, second)
    desk.wait_for_url("**/staff/queue/**")
    open_case(desk, decided)
    desk.keyboard.press("a")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[data-dopa-undo]")
    desk.wait_for_selector("[data-dopa-decide]")  # of the next case, under the first banner
    portal.query(ALL_IN_DOUBT, desk.locator("h1").inner_text())
    desk.reload()
    desk.locator("[data-dopa-given] form").evaluate("form => form.hidden = false")  # the second
    desk.set_viewport_size({"width": 1280, "height": 800})
    decision = desk.locator(".decide").bounding_box()["y"]
    seen = [
        *desk.locator(".finding__head").all()[:SEEN_FIRST],
        *desk.locator("[data-dopa-pictures] .photo__open").all(),
    ]
    ends = [box["y"] + box["height"] for box in (one.bounding_box() for one in seen)]
    assert len(ends) == SEEN_FIRST + 2
    assert max(ends) <= decision
