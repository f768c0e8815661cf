"""Texts that browsers of others send, and the class each falls into."""

import pytest
from django.utils.translation import override

from core.thai_words import joined
from dashboards.templatetags.devices import device_in_words
from registration.devices import device_class

KHTML = "(KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 {KHTML}"
PIXEL = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 {KHTML}"
GALAXY = f"Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 {KHTML}"
GALAXY_TAB = f"Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 {KHTML}"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {KHTML}"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 {KHTML}"
IPAD = f"Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 {KHTML}"


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "iphone-safari"),
        (f"{IPHONE} CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1", "iphone-chrome"),
        (f"{IPHONE} FxiOS/126.0 Mobile/15E148 Safari/605.1.15", "iphone-firefox"),
        (f"{IPHONE} EdgiOS/124.0 Version/17.0 Mobile/15E148 Safari/604.1", "iphone-edge"),
        (f"{IPHONE} Mobile/15E148 Safari Line/14.8.0", "iphone-line"),
        (f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/464.0]", "iphone-facebook"),
        (f"{PIXEL} Chrome/125.0.0.0 Mobile Safari/537.36", "android-chrome"),
        (f"{PIXEL} Version/4.0 Chrome/124.0 Mobile Safari/537.36 Line/14.7.1/IAB", "android-line"),
        (f"{GALAXY} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "android-samsung"),
        (f"{GALAXY} Chrome/125.0.0.0 Mobile Safari/537.36 EdgA/124.0", "android-edge"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0", "android-firefox"),
    ],
)
def test_a_phone_is_known_by_its_system_and_the_browser_by_its_own_word(user_agent, named):
    assert device_class(user_agent) == named


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (f"{IPAD} Version/16.6 Mobile/15E148 Safari/604.1", "tablet-safari"),
        (f"{GALAXY_TAB} Chrome/125.0.0.0 Safari/537.36", "tablet-chrome"),
        (f"{WINDOWS} Chrome/125.0.0.0 Safari/537.36", "computer-chrome"),
        (f"{WINDOWS} Chrome/125.0.0.0 Safari/537.36 Edg/125.0.2535.51", "computer-edge"),
        (f"{MAC} Version/17.4 Safari/605.1.15", "computer-safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko Firefox/126.0", "computer-firefox"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/125.0 Safari/537.36", "computer-chrome"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "computer-other"),
    ],
)
def test_tablets_and_computers_are_told_from_phones(user_agent, named):
    assert device_class(user_agent) == named


def test_officers_read_theirs_in_words():
    with override("th"):
        assert device_in_words(f"{WINDOWS} Chrome/125.0.0.0 Safari/537.36") == "คอมพิวเตอร์, Chrome"
        assert device_in_words("curl/8.7.1") == joined("อื่น ๆ, อื่น ๆ")


@pytest.mark.parametrize(
    "user_agent", ["", "curl/8.7.1", "python-requests/2.32", "\n" * 9, "ก" * 99]
)
def test_what_is_no_browser_falls_into_no_class(user_agent):
    assert device_class(user_agent) == "other-other"


@pytest.mark.parametrize("word", ["Pipeline/2.0", "Outline/1", "Deadline/3"])
def test_a_word_that_only_ends_like_an_app_is_not_that_app(word):
    assert device_class(f"{PIXEL} Mobile {word}") == "android-other"


def test_two_phones_of_one_kind_are_not_told_apart():
    older = f"{PIXEL} Chrome/99.0.1.2 Mobile Safari/537.36".replace("Pixel 8", "CPH2211")
    assert device_class(older) == device_class(f"{PIXEL} Chrome/125.0.0.0 Mobile Safari/537.36")
