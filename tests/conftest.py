"""What all tests share. `make test` runs them with PostgreSQL and Valkey of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.utils import translation
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from devstack.embedded.postgres import SERVING
from scripts.chromium import HOW_TO_HELP, find_chromium
from tests import script_errors
from tests.own_database import OwnDatabase
from tests.pages import Visit, everybodys_page
from tests.portal import Portal, running

HERE = Path(__file__).parent
SEQUENCING = (
    HERE / "audit" / "tree",
    HERE / "rollout" / "test_cut_over.py",
    HERE / "rollout" / "test_phase_opens.py",
)

# By day hypothesis tries the same examples in every run: its own profile for that is "ci". What a
# night finds becomes an @example. `scripts/run_tests.py --night` names the other.
hypothesis.load_profile("ci")
hypothesis.register_profile(
    "night", hypothesis.get_profile("ci"), derandomize=False, max_examples=2000
)

# A portal with samples takes a minute to make: the files that want it go to one worker.
WITH_SAMPLES = ("tests/e2e/test_first_minutes.py", "tests/e2e/test_stories.py")


class Scheduling(LoadFileScheduling):
    """Files of one worker, and those that share what is slow to start as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return "with samples" if scope in WITH_SAMPLES else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(place) for place in SEQUENCING):
            item.add_marker(pytest.mark.alone)
    # Whole portals and browsers first: at the end one worker would wait for the other's.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits and figures of one test are nothing to the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A request leaves its language behind in the thread that answered it."""
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """What the migrations made, and the rights of the role that serves."""
    with django_db_blocker.unblock():
        call_command("audit", "grant", SERVING, verbosity=0)


@contextmanager
def serving() -> Iterator[None]:
    """Inside, connections are under the role that the portal serves under."""
    options = connection.settings_dict["OPTIONS"]
    connections.close_all()
    connection.settings_dict["OPTIONS"] = options | {"options": f"-c role={SERVING}"}
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["OPTIONS"] = options


@pytest.fixture(scope="session")
def own_database(django_db_setup, django_db_blocker) -> Iterator[OwnDatabase]:
    with django_db_blocker.unblock():
        own = OwnDatabase(connection.settings_dict["NAME"])
    yield own
    with django_db_blocker.unblock():
        own.drop()


@pytest.fixture
def transactional_db(own_database, django_db_blocker) -> Iterator[None]:
    """Transactions that are real, in a database of the tests' own.

    The name is pytest-django's: by it alone the plugin knows that a test needs the database, which
    it makes only for those that do.
    """
    settings = connection.settings_dict
    with django_db_blocker.unblock():
        connections.close_all()
        own_database.be_ready()
        settings["NAME"] = own_database.name
        yield
        connections.close_all()
        settings["NAME"] = own_database.pattern
        own_database.put_back()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # With the loop, Django's connections are others than without: none may stay open on a side,
    # or the test database could be neither copied nor dropped.
    connections.close_all()
    script_errors.watch()
    with sync_playwright() as started:
        yield started
        connections.close_all()


@pytest.fixture(autouse=True)
def _scripts_of_pages_do_not_fail() -> Iterator[None]:
    """In no window that is open during the test."""
    script_errors.told.clear()
    yield
    assert script_errors.told == []


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Headless Chromium with a camera that shows a test picture."""
    program = find_chromium()
    if program is None:
        pytest.fail(HOW_TO_HELP)
    browser = playwright.chromium.launch(
        executable_path=program,
        args=["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For what a portal of these tests keeps; another has to lie beside it."""
    folder = Path(os.environ.get("DOPA_VAR_DIR") or tmp_path_factory.mktemp("portal"))
    return folder / "portal" / os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def portal(portal_folder: Path) -> Iterator[Portal]:
    """The whole portal in processes of its own: web, workers, beat, database, Valkey."""
    with running(portal_folder) as portal:
        yield portal


@pytest.fixture(scope="module")
def visit(browser: Browser, portal: Portal) -> Iterator[Visit]:
    """`visit(session, language)`: see tests.pages."""
    with everybodys_page(browser, portal) as visit:
        yield visit


@pytest.fixture
def page(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A fresh visitor of the running portal, on a phone's screen, in Thai."""
    visit = browser.new_context(
        base_url=portal.url,
        locale="th-TH",
        timezone_id="Asia/Bangkok",
        viewport={"width": 390, "height": 844},
        permissions=["camera"],
    )
    yield visit.new_page()
    visit.close()
