"""A page of a portal in a real browser, for somebody whose session is there already."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.portal import Portal

Visit = Callable[[str, str], Page]  # session, language
SIZES = [(390, 844), (320, 568), (1280, 800)]


def page_at(
    browser: Browser, portal: Portal, session: str, *, language: str, size=SIZES[0], dark=False
) -> Page:
    context = browser.new_context(
        base_url=portal.url, viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light", service_workers="block",
    )  # fmt: skip
    context.add_cookies(cookies_of(portal, session, language))
    return context.new_page()


def cookies_of(portal: Portal, session: str, language: str) -> list[dict[str, str]]:
    """Of nobody where `session` is empty."""
    cookies = {"django_language": language, "sessionid": session}
    return [
        {"name": name, "value": value, "url": portal.url}
        for name, value in cookies.items()
        if value
    ]


@contextmanager
def everybodys_page(browser: Browser, portal: Portal) -> Iterator[Visit]:
    """`visit(session, language)`: one page, which is everybody's in turn, for tests that only look:
    a browser's first page costs as much as four more.
    """
    context = browser.new_context(base_url=portal.url, service_workers="block")
    page = context.new_page()

    def visit(session: str, language: str) -> Page:
        if page.url.startswith(portal.url):
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.goto("about:blank")  # where nothing of the one before goes on
        context.clear_cookies()
        context.add_cookies(cookies_of(portal, session, language))
        return page

    yield visit
    context.close()
