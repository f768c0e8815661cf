"""Every page that each role is led to, in both languages and themes, on a phone and on a desk:
nothing cut, no raw key, in Thai no English sentence or year nor an English word that is only
announced, nothing that axe finds.
"""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import sign_in, sign_in_of
from tests.e2e.staff_walk import CUT, pages_from, stumbles, worded_badly, wording
from tests.portal import Portal

HOMES = {
    "officer": "/staff/queue/",
    "supervisor": "/staff/queue/",
    "provincial": "/staff/queue/",
    "administrator": "/admin/",
    "auditor": "/staff/queue/",
    "callcentre": "/staff/help-line/",
}
FEWEST = {
    "officer": 8,
    "supervisor": 14,
    "provincial": 14,
    "administrator": 25,
    "auditor": 14,
    "callcentre": 3,
}


@pytest.mark.parametrize("role", HOMES)
def test_nobody_stumbles_on_any_page(page: Page, portal: Portal, role):
    sign_in(page, sign_in_of(portal, f"{role}@sample.dopa"))
    found, walked = [], []
    for thai in (True, False):
        page.goto(HOMES[role])
        if (page.get_attribute("html", "lang") == "th") != thai:
            with page.expect_navigation():
                page.click(".language-toggle")
        for address in pages_from(page, HOMES[role]):
            walked.append(address)
            found += stumbles(page, address, thai=thai)
    assert found == []
    assert len(walked) >= 2 * FEWEST[role]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("first_name", "raw key"),
        ("Please try it again", "not in Thai"),
        ("1 ม.ค. 2026", "Christian year"),
        ("ตั้งแต่ 1 ม.ค. 2569 ถึง DOPA", ""),
    ],
)
def test_what_would_be_found_is_found(text, fault):
    assert [one.split(":")[0] for one in worded_badly([text], thai=True)] == [fault] * bool(fault)


@pytest.mark.parametrize(
    "piece",
    [
        '<a aria-label="%s"></a>',
        '<a aria-description="%s"></a>',
        '<a aria-valuetext="%s"></a>',
        '<p aria-roledescription="%s"></p>',
        '<p title="%s"></p>',
        '<input placeholder="%s">',
        '<img alt="%s">',
        '<input type="submit" value="%s">',
        "<select><option>%s it all</option></select>",
        "<svg><title>%s it all</title></svg>",
        "<svg><g><desc>%s it all</desc></g></svg>",
    ],
)
def test_what_is_only_announced_is_found_as_well(page: Page, piece):
    told, foreign = piece % "Please try", piece % "Please read"
    page.set_content(f'<html lang="th"><title>DOPA</title>{told}<div lang="en">{foreign}</div>')
    assert [one.split(": ")[1][:10] for one in wording(page, thai=True)] == ["Please try"]


def test_the_title_of_a_page_is_found_as_well(page: Page):
    page.set_content('<html lang="th"><title>Search</title><p>ค้นหา</p>')
    assert wording(page, thai=True) == ["announced: Search"]


@pytest.mark.parametrize(
    ("box", "is_cut"),
    [
        ("border: 1px solid", True),
        ("overflow: hidden", True),
        ("overflow: auto; border: 1px solid", False),
        ("", False),
    ],
)
def test_words_that_run_out_of_a_frame_are_found(page: Page, box, is_cut):
    page.set_content(f'<p style="width: 4em; white-space: nowrap; {box}">2 hours, 36 minutes</p>')
    assert page.evaluate(CUT) == ["cut: 2 hours, 36 minutes"] * is_cut
