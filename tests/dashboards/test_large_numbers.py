"""Numbers of a country of 60 million on officers' pages: their thousands are set apart."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from appointments.services.counter import Kept
from audit.models import Entry
from audit.views.entry import Shown
from registration.services.review_numbers import Numbers, OfficerDay
from tests.factories import OfficerFactory

pytestmark = pytest.mark.django_db
DAY = OfficerDay("Somsri", 11_111, 22_222, 33_333, 44_444, 55_555, None)
NUMBERS = Numbers(12_345, 23_456, None, 34_567, None, 45_678, 56_789, [DAY])
PROOF = Shown(True, 1_234_567, 7_654_321, timezone.now(), "aa", "bb", 23)  # noqa: FBT003 - it holds
PAGES = [
    (
        "review/numbers.html",
        {"numbers": NUMBERS},
        "11,111 22,222 33,333 44,444 55,555 12,345 23,456 34,567 45,678 56,789",
    ),
    (
        "appointments/figures.html",
        {"rows": [Kept("Kathu", 11_111, 22_222, 33_333)], "days": 30},
        "11,111 22,222 33,333",
    ),
    ("audit/parts/proof.html", {"proof": PROOF, "entry": Entry(pk=7)}, "1,234,567 7,654,321"),
]


@pytest.mark.parametrize(("template", "context", "numbers"), PAGES, ids=lambda one: str(one)[:25])
def test_thousands_are_set_apart(template, context, numbers):
    request = RequestFactory().get("/staff/numbers/")
    request.user, request.resolver_match = OfficerFactory(supervisor=True), resolve(request.path)
    request.session = {}
    text = render_to_string(template, context, request)
    assert [number for number in numbers.split() if number not in text] == []
