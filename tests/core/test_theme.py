"""Light or dark: chosen at the foot of a page, written into the page by the server."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = pytest.mark.django_db
DARK = Path(settings.BASE_DIR) / "static" / "css" / "dark.css"
BLOCK = re.compile(r"^@media (.+) \{\n  (.+) \{\n([^}]+)\}\n\}", re.MULTILINE)


def page(client) -> str:
    return " ".join(client.get(reverse("privacy"), headers={"accept-language": "en"}).text.split())


def test_without_a_choice_the_device_decides(client):
    assert '<html lang="en">' in page(client)


def test_the_dark_colours_are_the_same_chosen_or_wished_and_never_on_paper():
    wished, chosen = BLOCK.findall(DARK.read_text())
    assert wished[:2] == (
        "screen and (prefers-color-scheme: dark)",
        ':root:not([data-theme="light"])',
    )
    assert chosen[:2] == ("screen", ':root[data-theme="dark"]')
    assert wished[2] == chosen[2]
    assert "--ground" in chosen[2]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_choice_is_remembered_and_stays_on_the_page(client, theme):
    answer = client.post(reverse("set_theme"), {"theme": theme, "next": "/privacy/"})
    cookie = answer.cookies[settings.THEME_COOKIE_NAME]
    assert (answer.status_code, answer.url) == (302, "/privacy/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert f'<html lang="en" data-theme="{theme}">' in page(client)


def test_the_choice_is_forgotten_again(client):
    client.post(reverse("set_theme"), {"theme": "dark"})
    client.post(reverse("set_theme"), {"theme": ""})
    assert '<html lang="en">' in page(client)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_way_back_leads_nowhere_else(client, address):
    assert client.post(reverse("set_theme"), {"theme": "dark", "next": address}).url == "/"


def test_a_cookie_that_names_no_theme_is_not_believed(client):
    client.cookies[settings.THEME_COOKIE_NAME] = '"><script>'
    assert '<html lang="en">' in page(client)
