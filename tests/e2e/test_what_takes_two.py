"""Changes and imports that wait for a second person, that were answered or failed, as whoever asked
and whoever answers see them: read as test_every_staff_page.py reads the pages links lead to.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from offices.levers import LEVERS
from tests.e2e.import_cases import PILOT, RUNS
from tests.e2e.staff_walk import stumbles, stumbles_in_both
from tests.portal import Portal

pytestmark = pytest.mark.browser
MAKE = "from tests.e2e.lever_cases import make; print(make())"
UNMAKE = "from tests.e2e.lever_cases import unmake; unmake()"
LANGUAGES = ("th", "en")
PROPOSALS = [
    *((lever, who) for lever in sorted(LEVERS) for who in ("asker", "second")),
    ("staff", "chief"),
    *((answer, "asker") for answer in ("agreed", "declined")),
]
IMPORTS = [
    *(f"/admin/population/importrun/{{{run}}}/change/" for run in RUNS),
    *(f"/admin/population/importrun/{{{run}}}/samples/" for run in ("doubted", "ending", "held")),
    "/admin/population/importrun/{doubted}/offices/",
    "/admin/population/importrun/",
    *(f"/admin/pilot/pilotimport/{{{begun}}}/change/" for begun in PILOT),
    "/admin/pilot/pilotimport/",
    "/staff/levers/",
]


@pytest.fixture(scope="module")
def made(portal: Portal) -> Iterator[dict[str, str]]:
    """Keys by what they are called and sessions by who it is."""
    said = portal.manage("shell", "--verbosity=0", "-c", MAKE)
    yield json.loads(said.splitlines()[-1])
    portal.manage("shell", "--verbosity=0", "-c", UNMAKE)


@pytest.mark.parametrize(("change", "who"), PROPOSALS)
def test_a_change_has_no_fault(visit, made, change, who):
    address = f"/staff/levers/{made[change]}/"
    assert stumbles_in_both(visit, made[who], address, f"{change} {who}") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["link", "secret"])
def test_what_is_shown_once_has_no_fault(visit, made, what, language):
    page = visit(made["second"], language)
    page.goto(f"/staff/levers/{made[f'{what} {language}']}/")
    agree = page.locator("main form:has([name=people])")
    people = page.locator("main .notice strong").inner_text()
    agree.locator("[name=people]").fill("".join(filter(str.isdigit, people)))
    agree.get_by_role("button").click()
    expect(page.locator("main").locator(".one-time-link, code").first).to_be_visible()
    assert stumbles(page, what, thai=language == "th") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_number_of_people_is_refused_without_fault(visit, made, language):
    page = visit(made["second"], language)
    page.goto(f"/staff/levers/{made['phase']}/")
    agree = page.locator("main form:has([name=people])")
    agree.locator("[name=people]").fill("987654321")
    agree.get_by_role("button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert stumbles(page, "refused", thai=language == "th") == []


@pytest.mark.parametrize("address", IMPORTS)
def test_an_import_has_no_fault(visit, made, address):
    assert stumbles_in_both(visit, made["second"], address.format(**made), address) == []
