"""Light and dark, on the pages of citizens and of staff: readable, charts included."""

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.e2e.conftest import sign_in
from tests.looks import violations
from tests.portal import Portal

FOR_EVERYBODY = ("/", "/privacy/", "/check/", "/resume/", "/id/renew/", "/staff/account/login/")
OF_FIGURES = ("", "funnel/", "where/", "where/?province=12", "work/", "definitions/", "summary/")
GROUND = "() => getComputedStyle(document.body).backgroundColor"
DARK = "rgb(13, 18, 38)"


def faults(page: Page, address: str) -> list[str]:
    page.goto(address)
    return [f"{address} {fault}" for fault in violations(page)]


def choose(page: Page, theme: str) -> None:
    page.click(f".theme-choice button[value='{theme}']")
    page.wait_for_selector(f":root[data-theme='{theme}']")


@pytest.fixture
def figures(portal: Portal) -> None:
    portal.query(
        "INSERT INTO dashboards_counter (figure, area, day, label, loaded, count) "
        "SELECT 'signups', '', day::date, 'app', true, 7000 "
        "FROM generate_series(current_date - 40, current_date - 1, '1 day') AS day "
        "ON CONFLICT DO NOTHING"
    )


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_pages_for_everybody_have_no_fault_in_either_theme(page: Page, theme):
    page.goto("/privacy/")
    choose(page, theme)
    assert (page.evaluate(GROUND) == DARK) == (theme == "dark")
    assert [fault for address in FOR_EVERYBODY for fault in faults(page, address)] == []


def test_without_a_choice_the_device_decides_and_paper_is_light(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto("/privacy/")
    assert page.evaluate(GROUND) == DARK
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"


def test_figures_have_no_fault_in_the_dark_and_their_pictures_are_light(
    page: Page, figures, administrator
):
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, administrator)
    page.wait_for_url("**/staff/dashboard/")
    choose(page, "dark")
    found = [fault for path in OF_FIGURES for fault in faults(page, f"/staff/dashboard/{path}")]
    assert (found, errors) == ([], [])
    page.goto("/staff/dashboard/")
    page.wait_for_function("document.querySelector('[data-dopa-chart] canvas')")
    with page.expect_download() as saved:
        page.click("[data-dopa-png=days]")
    with Image.open(saved.value.path()) as picture:
        assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    assert page.evaluate(GROUND) == DARK
