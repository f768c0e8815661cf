"""While the machine is at it, a browser without scripts does not follow by itself: a link does."""

import re

import pytest
from django.urls import reverse

from tests.registration.every_step import citizen_at, session_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["reading", "checking"])
def test_the_page_has_a_link_that_looks_again(client, step):
    client.cookies["sessionid"] = session_of(citizen_at(step))
    client.cookies["django_language"] = "en"
    page = client.get(reverse(f"registration:{step}")).text
    (shown,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert re.sub(r"<[^>]+>", "", shown) == "See how far it is"
    assert 'href=""' in shown
