"""A browser whose camera films what the test wants, and people to sign in."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from devstack.demo.specimens.people import Person, make_people
from devstack.demo.specimens.portraits import Portraits
from devstack.embedded.programs import celery_worker
from scripts.chromium import DRAWING, find_chromium
from tests.e2e.films import FakeCamera
from tests.e2e.newcomers import DESK, Newcomer
from tests.one_time_codes import code_for_a_while
from tests.portal import Portal, running

OFFICE = "1206"
PASSWORD = "ฝนตกที่ทะเล-2566"
# A case for the officer, with the pictures of the sample camera: through the API, in seconds.
A_CASE = """
from devstack.demo.client import CitizenApp
from devstack.trying.people import sample_people
from devstack.trying.pictures import film_of, taken_now
from functools import partial
sample, app = sample_people()["officer"], CitizenApp()
taken = taken_now(sample)
app.start()
app.photograph_card(taken["front"], taken["back"])
app.wait()
app.confirm(sample.person)
challenge, frames = app.turn_head(partial(film_of, taken))
app.hand_in_selfie(taken["selfie"], challenge=challenge, frames=frames)
print(app.wait()["step"])
"""
# The accounts, that case, a holder, and the one whose phone gets lost.
SAMPLES = f"""
from django.core.management import call_command
from audit.tasks import publish_tree_head
from devstack.demo.register import enter_in_register
from devstack.demo.staff import make_staff
from devstack.trying.people import HOLDERS, OF_THE_CAST, cast
make_staff()
call_command("enter_sample_people")
{A_CASE}
for place in (HOLDERS[0], OF_THE_CAST["lost"]):
    enter_in_register([cast()[place].person])
    list(cast()[place].way(None))
publish_tree_head()
"""


@pytest.fixture(scope="session")
def portraits() -> Portraits:
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@pytest.fixture
def camera(tmp_path: Path, portraits: Portraits) -> FakeCamera:
    return FakeCamera(tmp_path / "film.mjpeg", portraits)


@pytest.fixture
def phone(playwright: Playwright, portal: Portal, camera: FakeCamera) -> Iterator[Page]:
    """A phone in Thai."""
    camera.show_back(make_people(1, seed=1)[0])
    browser = playwright.chromium.launch(
        executable_path=find_chromium(),
        args=[*camera.flags, *DRAWING],
    )
    yield visit(browser.new_context(**phone_screen(portal))).new_page()
    browser.close()


def phone_screen(portal: Portal) -> dict:
    return {
        "base_url": portal.url,
        "locale": "th-TH",
        "timezone_id": "Asia/Bangkok",
        "viewport": {"width": 390, "height": 844},
        "permissions": ["camera"],
        "reduced_motion": "reduce",  # and so without the colours of the screen, which take seconds
    }


def visit(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(30_000)
    return context


@pytest.fixture(scope="session")
def sample_portal(portal_folder: Path) -> Iterator[Portal]:
    """As `make run` has it, but for the history and most of the sample citizens. Its own: people
    of other tests may have the faces of these.
    """
    with running(portal_folder.with_name(f"{portal_folder.name}_samples")) as portal:
        said = portal.manage("shell", "--verbosity=0", "--command", SAMPLES)
        assert said.split()[-1] == "waiting"
        portal._child("imports", celery_worker("imports", processes=1))
        yield portal


@pytest.fixture(scope="session")
def drawing(playwright: Playwright) -> Iterator[Browser]:
    """Draws without a screen, as the face guide needs; has no camera."""
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=DRAWING)
    yield browser
    browser.close()


@pytest.fixture
def in_thai(sample_portal: Portal, drawing: Browser) -> Iterator[Newcomer]:
    """Somebody with a phone."""
    context = visit(drawing.new_context(**phone_screen(sample_portal)))
    yield Newcomer(context.new_page(), "th")
    context.close()


@pytest.fixture
def in_english(sample_portal: Portal, drawing: Browser) -> Iterator[Newcomer]:
    """Somebody at a desk."""
    screen = phone_screen(sample_portal) | {"locale": "en-GB", "viewport": DESK}
    context = visit(drawing.new_context(**screen))
    yield Newcomer(context.new_page(), "en")
    context.close()


@pytest.fixture(params=["in_thai", "in_english"])
def reader(request: pytest.FixtureRequest) -> Newcomer:
    """One after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def officer(portal: Portal) -> dict[str, str]:
    """Somebody of OFFICE who can sign in: e-mail, password, seed of the one-time password."""
    return sign_in_of(portal, "officer@sample.dopa")


@pytest.fixture
def second(portal: Portal) -> dict[str, str]:
    """A colleague of the officer."""
    return sign_in_of(portal, "second@sample.dopa")


@pytest.fixture
def supervisor(portal: Portal) -> dict[str, str]:
    return sign_in_of(portal, "supervisor@sample.dopa")


@pytest.fixture
def administrator(portal: Portal) -> dict[str, str]:
    return sign_in_of(portal, "administrator@sample.dopa")


def sign_in_of(portal: Portal, email: str) -> dict[str, str]:
    file = portal.folder / "sign-ins.json"
    if not file.exists():
        script = (
            "import json; from devstack.demo.staff import make_staff, sign_ins; "
            "from dataclasses import asdict; "
            "make_staff(); print(json.dumps([asdict(one) for one in sign_ins()]))"
        )
        file.write_text(portal.manage("shell", "--verbosity=0", "--command", script))
    return next(one for one in json.loads(file.read_text()) if one["email"] == email)


def enter_in_register(portal: Portal, person: Person) -> None:
    script = (
        "from devstack.demo.specimens.people import Person; "
        "from devstack.demo.register import enter_in_register; "
        f"enter_in_register([{person!r}])"
    )
    portal.manage("shell", "--verbosity=0", "--command", script)


def sign_in(page: Page, who: dict[str, str]) -> None:
    """Through the login page and the one-time password."""
    page.goto("/staff/account/login/")
    page.fill("input[name=login]", who["email"])
    page.fill("input[name=password]", who["password"])
    page.click("main button[type=submit]")
    page.fill("input[name=code]", code_of(who["secret"]))
    page.click("main form:has(input[name=code]) button[type=submit]")
    # The page itself sends the form: the click does not wait for what comes of it.
    page.wait_for_url(lambda address: "/account/" not in address)


def code_of(secret: str) -> str:
    """A one-time password that was not used yet, for the portal takes each only once."""
    while (code := code_for_a_while(secret)) == _last_codes.get(secret):
        time.sleep(0.5)
    _last_codes[secret] = code
    return code


_last_codes: dict[str, str] = {}
