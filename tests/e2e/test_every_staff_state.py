"""What no link leads to: cases in each state, dialogs, refused forms, lists with nothing in them
and pages that are not there, read as test_every_staff_page.py reads the rest.
"""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.staff_cases import AT_THE_COUNTER
from tests.e2e.staff_walk import stumbles, stumbles_in_both
from tests.portal import Portal

pytestmark = pytest.mark.browser
MAKE = "from tests.e2e.staff_cases import make; print(make())"
LANGUAGES = ("th", "en")
SEEN = [
    *((case, "officer") for case in ("waiting", "passed_on", "retake", "appealed", "gone", "held")),
    ("second_opinion", "second"),
    *((case, who) for case in ("asked_back", "issued") for who in ("officer", "chief")),
]
# Whose, where, and the form there that is sent with nothing in it.
FORMS = [
    ("", "/staff/account/login/", "form[novalidate]"),
    ("officer", "/staff/account/password/change/", "form[novalidate]"),
    ("officer", "/staff/account/reauthenticate/", "form[novalidate]"),
    ("officer", "/staff/account/2fa/reauthenticate/", "form[novalidate]"),
    ("officer", "/staff/search/", "form.search"),
    ("officer", "/staff/counter/", "form.counter-begin"),
    ("officer", "/staff/counter/{confirm}/", "form[novalidate]"),
    ("officer", "/staff/appointments/", "form[data-dopa-scanned]"),
    ("chief", "/staff/appointments/hours/", "form[action$='/hours/']"),
    ("chief", "/staff/appointments/hours/", "form[action$='/close/']"),
    ("chief", "/staff/workload/", "form:has([value=hands])"),
    ("chief", "/staff/workload/", "form:has([value=line])"),
    ("chief", "/staff/people/invite/", "form"),
    ("chief", "/staff/people/join/", "form"),
    ("chief", "/staff/cases/{waiting}/", "form[action$='/reassign/']"),
    ("provincial", "/staff/exercises/new/", "form"),
    ("administrator", "/staff/people/lists/", "form.list-form"),
    ("administrator", "/staff/people/{person}/", "form[action$='/{person}/']"),
    ("administrator", "/staff/dashboard/notes/", "form[novalidate]"),
    ("administrator", "/staff/dashboard/values/drop/", "form[novalidate]"),
    ("auditor", "/staff/audit/find/", "form.audit-filter"),
    ("auditor", "/staff/audit/export/", "form.audit-sheet"),
    ("agent", "/staff/help-line/", "form[action$='/code/']"),
    ("agent", "/staff/help-line/", "form[action$='/search/']"),
    ("agent", "/staff/help-line/looks/{look}/", "form[action$='/suspend/']"),
]
PAGES = [
    ("", "/staff/invitation/nobodys/"),
    ("officer", "/staff/not-there/"),
    ("officer", "/staff/levers/"),
    ("officer", "/staff/queue/"),
    ("officer", "/staff/queue/?queue=taken"),
    ("officer", "/staff/queue/?queue=retake"),
    ("officer", "/staff/queue/?queue=decided"),
    *(("officer", f"/staff/counter/{{{step}}}/") for step in AT_THE_COUNTER),
    ("provincial", "/staff/workload/"),
    ("chief", "/staff/numbers/"),
    ("agent", "/staff/help-line/looks/{look}/"),
    ("auditor", "/staff/audit/?text=nowhere&since=nonsense"),
    ("administrator", "/staff/dashboard/?period=own&first=nonsense"),
    ("administrator", "/staff/rollout/plan/?province=nonsense&officers=-1"),
    *(("newcomer", f"/staff/{page}") for page in (
        "queue/", "queue/?queue=decided", "workload/", "numbers/", "people/?text=nobody",
        "appointments/hours/", "dashboard/where/",
    )),
]  # fmt: skip
EMPTY = """form => {
  form.noValidate = true;
  for (const one of form.elements) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = false;
    else if (!["hidden", "submit", "button"].includes(one.type)) one.value = "";
  }
}"""
# A dialog closed and the next key pressed before the browser has drawn anything.
QUICKLY = """key => {
  const dialog = document.querySelector("dialog[open]");
  dialog.querySelector("textarea").focus();
  dialog.close();
  document.dispatchEvent(new KeyboardEvent("keydown", { key }));
}"""
REFUSED = ".error-summary, .notice--error, .notice--warning, .errornote"


@pytest.fixture(scope="module")
def made(portal: Portal) -> dict[str, str]:
    """Cases by their state and sessions by who it is."""
    said = portal.manage("shell", "--verbosity=0", "-c", MAKE)
    return json.loads(said.splitlines()[-1])


def refused(page: Page, form: str, *, thai: bool) -> list[str]:
    """What is wrong with the page that answers a form with nothing in it."""
    page.locator(form).evaluate(EMPTY)
    with page.expect_navigation():
        page.locator(form).evaluate("form => form.requestSubmit()")
    expect(page.locator(REFUSED).first).to_be_visible()
    return stumbles(page, form, thai=thai)


@pytest.mark.parametrize(("case", "who"), SEEN)
def test_a_case_has_no_fault_in_any_state(visit, made, case, who):
    assert stumbles_in_both(visit, made[who], f"/staff/cases/{made[case]}/", case) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_key_opens_over_a_case_has_no_fault(visit, made, language):
    page = visit(made["officer"], language)
    page.goto(f"/staff/cases/{made['renewal']}/")
    found = stumbles(page, "renewal", thai=language == "th")
    for key in "?coarts":
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_have_count(1)
        found += stumbles(page, f"renewal {key}", thai=language == "th")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("t")
    page.evaluate(QUICKLY, "r")
    found += refused(page, "dialog[open] form", thai=language == "th")
    expect(page.locator("dialog[open] .error-summary")).to_be_focused()
    assert found == []


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_of_nothing_or_of_much_has_no_fault(visit, made, who, address):
    assert stumbles_in_both(visit, made.get(who, ""), address.format(**made), address) == []


@pytest.mark.parametrize(("who", "address", "form"), FORMS)
def test_a_form_that_is_refused_has_no_fault(visit, made, who, address, form):
    found = []
    for language in LANGUAGES:
        page = visit(made.get(who, ""), language)
        page.goto(address.format(**made))
        found += refused(page, f"main {form.format(**made)}", thai=language == "th")
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_that_takes_two_has_no_fault_before_it_is_asked_for(visit, made, language):
    page = visit(made["administrator"], language)
    page.goto("/staff/dashboard/values/drop/")
    page.fill("main [name=value]", "40")
    page.locator("main [name=value]").press("Enter")
    page.wait_for_url("**/staff/levers/new/")
    found = stumbles(page, "asked", thai=language == "th")
    assert found + refused(page, "main form[novalidate]", thai=language == "th") == []
