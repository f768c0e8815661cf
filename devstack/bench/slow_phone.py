"""What the eight steps cost a citizen with a cheap phone on a bad line, in bytes and seconds.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.slow_phone

The whole portal runs; Chromium walks it with a fake camera, at 400 kbit/s, an answer after 400 ms,
its scripts slowed four times. Nobody reads or waits between the pages: a person takes longer, and
the selfie's guide comes meanwhile. The service worker is off, for what it fetches is not slowed.
"""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.conf import settings
from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from scripts.chromium import DRAWING, find_chromium
from tests.e2e.conftest import OFFICE, PASSWORD, enter_in_register, phone_screen
from tests.e2e.films import OF_NOBODY, FakeCamera
from tests.portal import Portal, running

LATENCY, THROUGHPUT, SLOWER = 400, 400_000 / 8, 4  # milliseconds; bytes a second; times
LINE = {
    "offline": False, "latency": LATENCY,
    "downloadThroughput": THROUGHPUT, "uploadThroughput": THROUGHPUT,
}  # fmt: skip
PATIENCE = 300_000
A_HINT = """() => {
  const bar = document.querySelector("[data-dopa-loading]");
  const hint = document.querySelector("[data-dopa-hint]");
  return Boolean(bar?.hidden && hint?.textContent.trim() && hint.textContent !== window.loading);
}"""


@dataclass
class Step:
    """Bytes that came and went, and seconds until the page was there and until it was left."""

    name: str
    began: float = field(default_factory=time.monotonic)
    came: int = 0
    went: int = 0
    opened: float = 0
    ended: float = 0


class Meter:
    """Counts what a page sends and gets, step by step."""

    def __init__(self, page: Page) -> None:
        self.steps: list[Step] = []
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.send("Network.emulateNetworkConditions", LINE)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.session.on("Network.loadingFinished", self._came)
        self.session.on("Network.requestWillBeSentExtraInfo", self._went)

    def step(self, name: str) -> None:
        now = time.monotonic()
        if self.steps:
            self.steps[-1].ended = now
        self.steps.append(Step(name, began=now))

    def opened(self) -> None:
        self.steps[-1].opened = time.monotonic() - self.steps[-1].began

    def _came(self, event: dict[str, Any]) -> None:
        if self.steps:
            self.steps[-1].came += int(event["encodedDataLength"])

    def _went(self, event: dict[str, Any]) -> None:
        sizes = [
            size for name, size in event["headers"].items() if name.lower() == "content-length"
        ]
        if self.steps and sizes:
            self.steps[-1].went += int(sizes[0])

    def table(self) -> str:
        rows = [
            f"| {step.name} | {step.came / 1000:,.0f} | {step.went / 1000:,.0f} "
            f"| {step.opened:.1f} | {step.ended - step.began:.1f} |"
            for step in self.steps[:-1]
        ]
        came, went = (sum(getattr(step, name) for step in self.steps) for name in ("came", "went"))
        whole = sum(step.ended - step.began for step in self.steps[:-1])
        return "\n".join([
            "| step | kB received | kB sent | page is there after, s | left after, s |",
            "|---|--:|--:|--:|--:|", *rows,
            f"| **all** | {came / 1000:,.0f} | {went / 1000:,.0f} | | {whole:.0f} |",
        ])  # fmt: skip


class Walk:
    """One citizen's way through the portal; `meter` counts it."""

    def __init__(self, page: Page, camera: FakeCamera, portal: Portal) -> None:
        self.page, self.camera, self.portal = page, camera, portal
        self.meter = Meter(page)
        self.person = make_people(2, seed=41, offices=[OFFICE])[0]
        self.face = OF_NOBODY[self.person.sex]
        enter_in_register(portal, self.person)

    def arrive(self, name: str, address: str) -> None:
        """The step that the page has come to; it counts from the press that led there."""
        self.page.wait_for_url(re.compile(address), wait_until="commit", timeout=PATIENCE)
        self.page.wait_for_load_state("load", timeout=PATIENCE)
        self.meter.opened()
        self.meter.steps[-1].name = name

    def press(self, selector: str) -> None:
        """What comes of the press is the next step's."""
        self.meter.step("?")
        self.page.click(selector)

    def take(self) -> None:
        self.page.click("[data-dopa-open-camera]")
        self.page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=PATIENCE)

    def to_selfie(self) -> None:
        page = self.page
        self.meter.step("?")
        page.goto("/")
        self.arrive("the first page", "/$")
        self.press("main form[action='/start/'] button")
        self.arrive("terms", "/terms/")
        page.check("input[name=accept]")
        self.press("main form button[type=submit]")
        self.arrive("front of the card", "/card/front/")
        self.camera.show_front(self.person, self.face)
        self.take()
        self.press("[data-dopa-use]")
        self.arrive("back of the card", "/card/back/")
        self.camera.show_back(self.person)
        self.take()
        self.press("[data-dopa-use]")
        self.arrive("check the data (the selfie's guide is fetched)", "/confirm/")
        for name in ("first_name_th", "last_name_th", "address"):
            page.fill(f"[name={name}]", getattr(self.person, name))
        self.press("main form button[type=submit]")
        self.arrive("selfie", "/selfie/")

    def to_the_end(self) -> None:
        page = self.page
        self.camera.show_face(self.face)
        self.take()
        self.press("[data-dopa-use]")
        self.arrive("password, once the checks are done", "/password/")
        page.fill("[name=first]", PASSWORD)
        page.fill("[name=second]", PASSWORD)
        self.press("main form button[type=submit]")
        self.arrive("consent", "/consent/")
        page.fill("[name=password]", PASSWORD)
        self.press("main form button[type=submit]")
        self.arrive("done", "/done/")
        self.meter.step("?")


def first_hint(page: Page) -> float:
    """Seconds from asking for the selfie's page until the camera's first hint."""
    began = time.monotonic()
    page.goto("/register/selfie/", wait_until="commit", timeout=PATIENCE)
    page.locator("[data-dopa-open-camera]").click(timeout=PATIENCE)
    page.wait_for_function(
        "() => { const hint = document.querySelector('[data-dopa-hint]')?.textContent.trim();"
        " if (hint) window.loading = hint; return Boolean(hint); }",
        timeout=PATIENCE,
    )
    page.wait_for_function(A_HINT, timeout=PATIENCE)
    return time.monotonic() - began


def hints(context: BrowserContext, portal: Portal) -> str:
    """The same citizen's selfie page with nothing in the browser's cache, and then with all."""
    fresh = context.browser.new_context(  # type: ignore[union-attr]
        **phone_screen(portal), storage_state=context.storage_state(), service_workers="block"
    )
    page = fresh.new_page()
    meter = Meter(page)
    meter.step("selfie")
    cold = first_hint(page)
    came = meter.steps[0].came
    page.wait_for_timeout(60_000)  # the rest of the guide comes
    warm = first_hint(page)
    page.goto("/", timeout=PATIENCE)
    began = time.monotonic()
    page.goto("/", timeout=PATIENCE)
    home = time.monotonic() - began
    fresh.close()
    return (
        f"The selfie's first hint: **{cold:.1f} s** and {came / 1000:,.0f} kB after its page is "
        f"opened with an empty cache (aimed at: 20 s, 1,000 kB), **{warm:.1f} s** with the guide "
        f"in the cache (5 s). The first page again, warm: **{home:.1f} s** (3 s)."
    )


@contextmanager
def phone(portal: Portal, camera: FakeCamera) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[*camera.flags, *DRAWING],
        )
        context = browser.new_context(**phone_screen(portal), service_workers="block")
        context.set_default_timeout(PATIENCE)
        yield context
        browser.close()


def main() -> None:
    os.environ["BROTLI_QUALITY"] = "11"  # as a release has it
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "slow_phone") as portal:
        camera = FakeCamera(
            Path(folder) / "film.mjpeg", Portraits(Path(settings.MODELS_DIR) / "portraits")
        )
        camera.show_back(make_people(1, seed=1)[0])
        with phone(portal, camera) as context:
            walk = Walk(context.new_page(), camera, portal)
            walk.to_selfie()
            camera.show_face(walk.face)
            began = time.monotonic()
            said = hints(context, portal)
            walk.meter.steps[-1].began += time.monotonic() - began
            walk.to_the_end()
            print(f"{walk.meter.table()}\n\n{said}\n\n{conditions()}")


def conditions() -> str:
    return (
        f"{THROUGHPUT * 8 / 1000:.0f} kbit/s, {LATENCY} ms, {SLOWER} times slower; browser and "
        f"portal share {os.cpu_count()} cores. Nobody reads or types; one who does waits less."
    )


if __name__ == "__main__":
    main()
