"""Whoever is not signed in chooses the language as well, and stays on the page."""

import pytest
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["/", "/resume/", "/id/", "/check/", "/staff/account/login/"])
def test_a_visitor_changes_the_language_and_stays_on_the_page(client, back):
    chosen = client.post(reverse("set_language"), {"language": "en", "next": back})
    assert (chosen.status_code, chosen["Location"]) == (302, back)
    there = client.get(back, follow=True)
    assert there.headers["Content-Language"] == "en"
    client.post(reverse("set_language"), {"language": "th", "next": back})
    assert client.get(back, follow=True).headers["Content-Language"] == "th"


@pytest.mark.django_db
def test_no_stranger_says_where_the_choice_leads(client):
    chosen = client.post(
        reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert chosen["Location"] == "/"
