"""What scripts of pages did not catch, in whichever browser window of a test."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

told: list[str] = []
_new_context = Browser.new_context


def watch() -> None:
    """From now on each new window's errors are told."""
    Browser.new_context = _watched


def _watched(browser: Browser, **options: Any) -> BrowserContext:
    context = _new_context(browser, **options)
    context.on("weberror", lambda one: told.append(f"{one.page and one.page.url}: {one.error}"))
    return context
