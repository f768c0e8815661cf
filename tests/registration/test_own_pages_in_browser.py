"""A citizen never sees the browser's own error page: after a refusal, back, reload, no network."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.identity.factories import portrait
from tests.portal import Portal

pytestmark = pytest.mark.browser
# Pages with a form that refuses what is empty or made up: the step of the session, and the address.
REFUSING = [
    ("terms", "/register/terms/"),
    ("confirm", "/register/confirm/"),
    ("rejected", "/register/appeal/"),
    ("", "/resume/"),
    ("", "/id/lost/"),
    ("", "/id/renew/"),
    ("", "/later/"),
]
STEPS_WITH_PAGES = ["terms", "card_front", "card_back", "confirm", "selfie", "retake", "password"]


@pytest.fixture
def at(
    open_phone: Callable[[str], BrowserContext], sessions: dict[str, str]
) -> Callable[[str, str], Page]:
    def open_page(step: str, address: str) -> Page:
        page = open_phone(sessions.get(step, "")).new_page()
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def open_phone(browser, portal: Portal) -> Iterator[Callable[[str], BrowserContext]]:
    opened = []

    def open_one(session: str) -> BrowserContext:
        context = browser.new_context(
            base_url=portal.url, locale="en", service_workers="block", ignore_https_errors=True
        )
        cookies = {"django_language": "en"} | ({"sessionid": session} if session else {})
        context.add_cookies(
            [{"name": name, "value": value, "url": portal.url} for name, value in cookies.items()]
        )
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


def is_ours(page: Page) -> None:
    expect(page.locator("main h1").first).to_be_visible()


@pytest.mark.parametrize(("step", "address"), REFUSING)
def test_back_to_a_refused_form_and_reload_show_the_form(at, step, address):
    page = at(step, address)
    for field in page.locator("main form input[type=text]").all():
        field.fill("x")
    page.locator("main form:not([target])").last.get_by_role("button").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto("/privacy/")
    page.go_back()
    is_ours(page)
    page.reload()
    is_ours(page)
    assert page.url.endswith(address)


def test_a_refusal_keeps_what_was_typed_and_tells_it_at_its_field(at):
    page = at("confirm", "/register/confirm/")
    page.get_by_label("E-mail or mobile").fill("somying@example.org")
    page.locator("#id_birth_day").fill("45")
    page.get_by_role("button", name="Everything is right").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    day = page.locator("#id_birth_day")
    expect(day).to_be_focused()
    expect(day).to_have_accessible_description("Error: The day is a number from 1 to 31.")
    expect(page.get_by_label("E-mail or mobile")).to_have_value("somying@example.org")
    day.fill("12")
    page.get_by_role("button", name="Everything is right").click()
    page.wait_for_url("**/register/selfie/")


def test_a_form_on_a_lost_connection_keeps_what_was_typed_and_goes_on_by_the_same_button(at):
    page = at("", "/resume/")
    page.get_by_label("Reference number").fill("ABCD-EFGH-JKLM")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The connection was lost")).to_be_visible()
    expect(page.get_by_label("Reference number")).to_have_value("ABCD-EFGH-JKLM")
    page.context.set_offline(False)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_text("The connection was lost")).to_be_hidden()


def test_a_file_chosen_on_a_lost_connection_is_kept_and_sent_later(at):
    page = at("card_front", "/register/card/front/")
    page.locator("[data-dopa-choose-file]").click()
    picture = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": portrait()}
    page.set_input_files("input[name=picture]", picture)
    page.context.set_offline(True)
    send = page.locator("[data-dopa-file-way] button[type=submit]")
    send.click()
    expect(page.get_by_text("The connection was lost")).to_be_visible()
    page.context.set_offline(False)
    send.click()
    expect(page.get_by_text("The connection was lost")).to_be_hidden()
    expect(page.locator(".error-summary, [data-dopa-problem], h1").first).to_be_visible()
    assert page.locator("main h1").inner_text() != ""


@pytest.mark.parametrize("step", STEPS_WITH_PAGES)
def test_a_page_stands_reload_theme_and_language(at, step):
    page = at(step, "/register/status/")
    page.goto(json.loads(page.locator("body").inner_text())["next"])
    here = page.url
    page.reload()
    page.locator(".theme-choice button[value=dark]").click()
    expect(page.locator(":root[data-theme=dark]")).to_be_attached()
    page.locator(".language-toggle").click()
    expect(page.locator(":root[lang=th]")).to_be_attached()
    is_ours(page)
    assert page.url == here
