"""How long a phone's browser takes to judge a shown code without network, and to find it.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.browser_check [codes]

Chromium is slowed to a quarter, as a cheap phone is; a clock in the page times each judgement, from
the digits to the facts. Then codes are drawn as the page draws them, filmed by a camera that is
only arithmetic (distance, tilt, blur, noise), and looked for by the page's scanner and by ZXing.
"""

import os
import statistics
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from joserfc.jwk import ECKey
from playwright.sync_api import Page, sync_playwright

from devstack.bench import code_pictures as pictures
from devstack.embedded.child import Child
from devstack.embedded.ports import free_port
from devstack.embedded.programs import web
from identity.credential.status_list import IDS_A_LIST
from identity.models import Device, DigitalID, FormerPlace
from identity.person import Person
from scripts.chromium import find_chromium
from tests.identity.tokens import make_code

ADDRESS = "https://digitalid.dopa.go.th/check/#"
SLOWER = 4
WANTED_MILLISECONDS = 50
ENDED_OF_A_MILLION = 10_000
NAMES = {
    "number": "1234567890121",
    "title_th": "นางสาว", "first_name_th": "กมลวรรณ", "last_name_th": "วงศ์สุวรรณกุล",
    "title_en": "Miss", "first_name_en": "Kamonwan", "last_name_en": "Wongsuwannakul",
    "birth_date": "1981-02-12",
}  # fmt: skip
JUDGE_ALL = """async (codes) => {
  const { judge } = await import("/static/js/offline-check.js");
  const taken = [];
  for (const code of codes) {
    const started = performance.now();
    const { verdict } = await judge(code);
    taken.push([verdict, performance.now() - started]);
  }
  return taken;
}"""


def a_device() -> tuple[Device, ECKey]:
    key = ECKey.generate_key("P-256")
    digital_id = DigitalID(
        number_key=os.urandom(16).hex(), assurance="IAL2.2", channel="self", office_code="1206"
    )
    digital_id.holder = Person(**NAMES)
    digital_id.save(force_insert=True)
    digital_id.refresh_from_db()
    device = Device.objects.create(
        number_key=digital_id.number_key,
        digital_id=digital_id,
        public_key={name: key.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")},
        name="bench",
    )
    device.refresh_from_db()
    device.digital_id = digital_id
    return device, key


def end_places(count: int) -> None:
    """So many places of the first list are ended, all over it."""
    step = IDS_A_LIST // (count + 1)
    FormerPlace.objects.bulk_create(
        FormerPlace(number_key=uuid.uuid4(), status_index=index * step)
        for index in range(1, count + 1)
    )


@contextmanager
def checker() -> Iterator[Page]:
    """A browser on the page of checking, ready for doing without network."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = os.environ | {"PORTAL_ADDRESS": address}
        child = Child("web", web("127.0.0.1", port), log=Path(folder) / "web", env=environment)
        child.start()
        try:
            wait_for(lambda: urllib.request.urlopen(f"{address}/health/live/").close())  # noqa: S310
            browser = playwright.chromium.launch(executable_path=find_chromium())
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.goto(f"{address}/check/")
            page.locator("[data-kept=yes]").wait_for(state="attached")
            yield page
            browser.close()
        finally:
            child.stop()


def wait_for(attempt: Callable[[], None], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def judged(page: Page, codes: list[str], *, slower: int) -> list[float]:
    """Milliseconds of each judgement; raises where one is not valid."""
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    taken = page.evaluate(JUDGE_ALL, codes)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    wrong = {verdict for verdict, _ in taken} - {"valid"}
    if wrong:
        raise RuntimeError(f"good codes were judged {wrong}")
    return [milliseconds for _, milliseconds in taken]


def row(name: str, taken: list[float]) -> str:
    quantiles = statistics.quantiles(taken, n=100)
    return f"| {name} | {quantiles[49]:.0f} | {quantiles[94]:.0f} |"


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    device, key = a_device()
    end_places(ENDED_OF_A_MILLION)
    with checker() as page:
        page.context.set_offline(offline=True)
        rows = [
            row(name, judged(page, [make_code(device, key) for _ in range(wanted)], slower=slower))
            for name, slower in (("slowed four times", SLOWER), ("not slowed", 1))
        ]
        print(
            "| a check without network | ms, median | ms, p95 |", "|---|--:|--:|", *rows, sep="\n"
        )
        print(
            f"\n{wanted} codes each, all judged valid, with a list of a million places of which "
            f"{ENDED_OF_A_MILLION:,} are ended; aimed at: {WANTED_MILLISECONDS} ms. Chromium slows "
            "the script, not the cryptography beside it.\n"
        )
        page.context.set_offline(offline=False)
        print(pictures.tables(page, device, key, address=ADDRESS))


if __name__ == "__main__":
    main()
