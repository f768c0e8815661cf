"""Whoever shows the digital ID scrolls nothing: face and code stand together on a small phone."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.looks import faults_of_looks

pytestmark = pytest.mark.browser
PHONES = [(390, 844), (360, 640), (320, 568)]
# A rank and a surname that need the room of two lines and more.
LONG = ["ว่าที่ร้อยตรีหญิง", "กุลธิดารัตน์", "ศรีสวัสดิ์วงศ์ไพศาล"]
NAME = """(name, words) => {
  name.innerHTML = words.map((one) => `<span class="whole">${one}</span>`).join(" ");
}"""
MEASURES = """() => {
  const box = (chosen) => document.querySelector(chosen).getBoundingClientRect();
  const one = (node) => { const all = document.createRange(); all.selectNodeContents(node);
    return new Set([...all.getClientRects()].map(({ top }) => top)).size; };
  const numbers = [...document.querySelectorAll('.id-card .number')];
  return {
    top: box('.id-card').top >= 0,
    bottom: Math.max(box('[data-dopa-qr]').bottom, box('.purposes').bottom) <= innerHeight,
    wide: document.documentElement.scrollWidth <= innerWidth,
    numbers: numbers.every((number) => number.scrollWidth <= number.clientWidth + 1),
    words: [...document.querySelectorAll('.whole')].every((word) => one(word) === 1),
    code: box('[data-dopa-qr]').width >= 180,
  };
}"""
MODULES_OF_THE_LEAST = 57
QUIET = 4


def in_language(page: Page, language: str) -> None:
    cookie = {"name": "django_language", "value": language, "url": page.url}
    page.context.add_cookies([cookie])
    page.reload()
    expect(page.locator("[data-dopa-qr] path")).to_be_attached()


@pytest.mark.parametrize("language", ["th", "en"])
def test_face_and_code_are_on_one_screen(holder: Page, language):
    in_language(holder, language)
    for long, (width, height) in product((False, True), PHONES):
        if long:
            holder.locator(".id-card__name").evaluate(NAME, LONG)
        holder.set_viewport_size({"width": width, "height": height})
        found = holder.evaluate(MEASURES)
        assert (width, long, found) == (width, long, dict.fromkeys(found, True))


@pytest.mark.parametrize("language", ["th", "en"])
def test_it_has_no_fault_light_or_dark(holder: Page, language):
    in_language(holder, language)
    holder.locator(".purposes summary").click()
    assert faults_of_looks(holder) == []


def test_the_code_shows_the_least_until_the_holder_chooses_and_then_the_same_again(holder: Page):
    chosen = holder.locator("[data-dopa-purpose]")
    expect(chosen).to_have_text("Photo and age only")
    box = holder.locator("[data-dopa-qr]").get_attribute("viewBox")
    assert int(box.split()[-1]) <= MODULES_OF_THE_LEAST + QUIET
    holder.locator(".purposes summary").click()
    holder.get_by_label("Photo and name").check()
    expect(chosen).to_have_text("Photo and name")
    holder.reload()
    expect(chosen).to_have_text("Photo and name")
    expect(holder.locator("[name=purpose][value=photo]")).to_be_checked()
