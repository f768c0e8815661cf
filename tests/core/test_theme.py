"""Light or dark: chosen at the foot of a page, written into the page by the server."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
DARK = '/static/css/dark.css" data-dopa-dark'


def page(client) -> str:
    return " ".join(client.get(reverse("privacy"), headers={"accept-language": "en"}).text.split())


def test_without_a_choice_the_device_decides_and_paper_is_light(client):
    assert f'{DARK} media="screen and (prefers-color-scheme: dark)">' in page(client)


@pytest.mark.parametrize(("theme", "is_dark"), [("dark", True), ("light", False)])
def test_a_choice_is_remembered_and_stays_on_the_page(client, theme, is_dark):
    answer = client.post(reverse("set_theme"), {"theme": theme, "next": "/privacy/"})
    cookie = answer.cookies["theme"]
    assert (answer.status_code, answer.url) == (302, "/privacy/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert f'<html lang="en" data-theme="{theme}">' in page(client)
    assert (f'{DARK} media="screen">' in page(client)) == is_dark


def test_the_choice_is_forgotten_again(client):
    client.post(reverse("set_theme"), {"theme": "dark"})
    client.post(reverse("set_theme"), {"theme": ""})
    assert '<html lang="en">' in page(client)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_way_back_leads_nowhere_else(client, address):
    assert client.post(reverse("set_theme"), {"theme": "dark", "next": address}).url == "/"


def test_a_cookie_that_names_no_theme_is_not_believed(client):
    client.cookies["theme"] = '"><script>'
    assert '<html lang="en">' in page(client)
