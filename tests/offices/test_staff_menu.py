"""The menu is drawn once for a role, a page and a language: each has its own."""

import re

import pytest
from django.test import Client

from tests.factories import OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
PAGE = "/staff/status/"


def menu(client: Client, address: str = PAGE, language: str = "en") -> list[str]:
    """The words of its entries; the present one's with a star."""
    page = client.get(address, headers={"Accept-Language": language}).text
    [nav] = re.findall(r'<nav class="staff-menu".*?</nav>', page, re.DOTALL)
    links = re.findall(r"<a href=\S+ ?([^>]*)>(.*?)</a>", nav, re.DOTALL)
    unseen = r'<svg.*?</svg>|<span class="visually-hidden">.*?</span>|\s+'
    words = [re.sub(unseen, "", text, flags=re.DOTALL) for _, text in links]
    return [
        f"{word}*" if "current" in mark else word
        for (mark, _), word in zip(links, words, strict=True)
    ]


@pytest.mark.parametrize("times", range(2))
def test_each_role_has_its_own_entries(signed_in, times):
    officer = signed_in(Client(), OfficerFactory())
    auditor = signed_in(Client(), OfficerFactory(auditor=True))
    agent = signed_in(Client(), OfficerFactory(call_centre=True))
    assert menu(officer) == ["Queue", "Counter", "Check", "Quality", "Pilot", "Condition*", "Help"]
    assert menu(auditor) == [
        "Queue", "Quality", "Dashboard", "Auditlog", "People", "Condition*", "Help",
    ]  # fmt: skip
    assert menu(agent) == ["Helpline", "Condition*", "Help"]


def test_it_says_where_one_is_in_the_readers_language(signed_in):
    officer = signed_in(Client(), OfficerFactory())
    assert menu(officer)[-2] == "Condition*"
    assert menu(officer, "/staff/queue/")[0] == "Queue*"
    assert "Queue" not in menu(officer, language="th")
    assert menu(officer)[0] == "Queue"
