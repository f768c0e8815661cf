"""The figure of waiting cases leads to a list that has just those."""

import re

import pytest

from registration.models import Enrollment
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
OVERVIEW = "/staff/dashboard/"
LIST = "/staff/queue/?queue=open"


@pytest.fixture(autouse=True)
def cases() -> None:
    """Three at the own office, one elsewhere in the province, two in another."""
    own = [EnrollmentFactory(state=State.WAITING_REVIEW) for _ in range(2)]
    EnrollmentFactory(state=State.SECOND_REVIEW)
    review.take_case(own[0], officer=OfficerFactory())
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="1201"))
    for _ in range(2):
        EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="5001"))
    for state in (State.VERIFIED, State.RETAKE, State.CHECKING):
        EnrollmentFactory(state=state)


def tile_to(page: str, html: str) -> int:
    """What the tile says that leads to this page."""
    found = re.search(
        rf'href="{re.escape(page)}">[^<]*</a></p>\s*<p[^>]*><span[^>]*>([\d,]+)', html
    )
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize(("role", "count"), [("supervisor", 3), ("provincial", 4), ("auditor", 6)])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "tiles alone"])
def test_the_tile_and_its_list_have_the_same_number(client, signed_in, role, count, headers):
    client = signed_in(client, OfficerFactory(**{role: True}))
    assert tile_to(LIST, client.get(OVERVIEW, headers=headers).content.decode()) == count
    listed = client.get(LIST)
    assert len(listed.context["page"].cases) == count
    assert dict(listed.context["queues"])["open"] == count
    assert client.get("/staff/queue/changes/?queue=open").json()["counts"]["open"] == count


def test_the_list_as_a_file_has_them_too(client, signed_in):
    client = signed_in(client, OfficerFactory(supervisor=True))
    sheet = client.get("/staff/queue/cases.csv?queue=open").content.decode()
    assert len(sheet.strip().splitlines()) == 1 + 3


def test_an_administrator_is_led_to_counts_by_office_and_to_no_case(client, signed_in):
    client = signed_in(client, OfficerFactory(administrator=True))
    page = client.get(OVERVIEW).content.decode()
    assert tile_to("/staff/dashboard/work/", page) == 6
    assert "/staff/queue/" not in page
    assert client.get(LIST).status_code == 403


def test_the_tab_is_there_only_for_whoever_came_for_it(client, signed_in):
    client = signed_in(client, OfficerFactory())
    for queue, tabs in (("waiting", 4), ("open", 5)):
        assert len(client.get(f"/staff/queue/?queue={queue}").context["queues"]) == tabs
    assert Enrollment.objects.filter(state=State.IN_REVIEW).count() == 1
