"""The desk of figures in a browser: notes, targets, views, reports, by keyboard, on each screen."""

from itertools import product

from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.e2e.staff_walk import CUT
from tests.e2e.test_appearance import choose, faults, figures
from tests.portal import Portal

__all__ = ["figures"]
DESK = "/staff/dashboard/"
WITHIN_A_BAR = """(box) =>
  echarts.getInstanceByDom(box).convertToPixel({ seriesIndex: 0 }, [3, 2000])"""
NOTE = """
import datetime
from django.utils import timezone
from dashboards.notes.services import Draft, NoteRefused, write_note
from offices.models import Officer
text, back, days = "{}", {}, {}
first = timezone.localdate() - datetime.timedelta(days=back)
draft = Draft("holiday", first, first + datetime.timedelta(days=days), text, text)
try:
    write_note(draft, by=Officer.objects.filter(role="administrator").first())
except NoteRefused:
    pass
"""
PAGES = ("notes/", "values/", "values/drop/", "views/?page=where&period=7", "views/", "")


def note(portal: Portal, text: str, back: int, days: int) -> None:
    portal.manage("shell", "--verbosity=0", "--command", NOTE.format(text, back, days))


def type_in(page: Page, name: str, text: str) -> None:
    """As somebody without a mouse."""
    page.locator(f"main [name={name}]").focus()
    page.keyboard.type(text)


def test_a_note_is_written_and_followed_down_by_keyboard_alone(
    page: Page, portal: Portal, figures, administrator
):
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, administrator)
    page.goto(f"{DESK}notes/")
    yesterday = portal.query("SELECT to_char(current_date - 1, 'DD/MM/YYYY')")[0][0]
    type_in(page, "first_day", yesterday)
    type_in(page, "text_th", "ระบบหยุด 14:02-14:40")
    type_in(page, "text_en", "Down 14:02-14:40")
    page.keyboard.press("Enter")
    expect(page.locator("#notes-standing + table")).to_contain_text("Down 14:02-14:40")
    page.goto(f"{DESK}?period=7")
    marks = page.locator("#days-marks")
    expect(marks).to_contain_text("14:02-14:40")
    assert page.get_attribute("[data-dopa-chart]", "aria-describedby") == "days-marks"
    page.locator("details.chart-data summary").first.focus()
    page.keyboard.press("Enter")
    row = page.locator("[aria-labelledby=days-title] tr", has_text="ระบบหยุด")
    row.locator("th a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/dashboard/where/?period=own*")


def test_a_bar_leads_where_its_row_leads(page: Page, figures, administrator):
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, administrator)
    page.goto(f"{DESK}?period=7")
    page.wait_for_function("document.querySelector('[data-dopa-chart] canvas')")
    page.wait_for_timeout(1500)  # the bars have grown by then
    chart = page.locator("[data-dopa-chart]").first
    x, y = chart.evaluate(WITHIN_A_BAR)
    chart.click(position={"x": x, "y": y})
    page.wait_for_url("**/staff/dashboard/where/?period=own*")
    assert page.locator("[aria-labelledby=provinces-title]").count() > 0


def test_a_view_is_saved_begun_with_and_ordered_by_mail(page: Page, administrator):
    sign_in(page, administrator)
    page.goto(f"{DESK}work/?period=90&compare=1")
    page.click(".choice__files a[href*='views/']")
    page.fill("main [name=name]", "Work of a quarter")
    page.click("main form button[type=submit]")
    table = page.locator("main table")
    expect(table).to_contain_text("Work of a quarter")
    table.locator("button[name=view]").first.click()
    expect(table.locator("button[value='']")).to_be_visible()
    page.goto(DESK)
    assert page.url.endswith(f"{DESK}work/?period=90&compare=1")
    page.goto(f"{DESK}views/")
    table.locator("a[href*='/report/']").first.click()
    page.click("main form button[type=submit]")
    page.wait_for_url(f"**{DESK}views/")
    table.locator("button[value='']").click()
    expect(table.locator("button[value='']")).to_have_count(0)


def test_no_page_of_the_desk_has_a_fault_or_is_cut(
    page: Page, portal: Portal, figures, administrator
):
    note(portal, "สงกรานต์", 9, 2)
    note(portal, "Outage", 4, 0)
    sign_in(page, administrator)
    found = []
    for theme, width in product(("light", "dark"), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        choose(page, theme)
        for one in PAGES:
            found += faults(page, f"{DESK}{one}")
            found += [f"{width} {one} {fault}" for fault in page.evaluate(CUT)]
    page.set_viewport_size({"width": 390, "height": 800})
    for one in PAGES:
        page.goto(f"{DESK}{one}")
        found += [f"390 {one} {fault}" for fault in page.evaluate(CUT)]
    assert found == []
