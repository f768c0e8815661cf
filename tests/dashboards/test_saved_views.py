"""Saved views: what an address chose, under a name; one's own, or shared with a role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from dashboards.filters import choice_of
from dashboards.models import FiguresView, StartView
from dashboards.saved.services import ViewRefused, begin_with, save_view, start_address, visible_to
from offices.models import Officer
from tests.dashboards.test_pages import PATH
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db
VIEWS = f"{PATH}views/"


def saved(officer: Officer, name: str = "Mine", query: str = "period=7", **given: str):
    choice = choice_of(QueryDict(query))
    return save_view(name, page="where", choice=choice, by=officer, **given)


def test_a_view_keeps_page_days_comparison_province_and_order():
    OfficeFactory(code="1206")
    officer = OfficerFactory(supervisor=True)
    client = administrators_client(officer)
    asked = "page=where&period=own&from=2026-01-01&to=2026-01-31&compare=1&province=12&sort=area"
    form = client.get(f"{VIEWS}?{asked}").context["form"]
    assert client.post(VIEWS, form.initial | {"name": "January"}).status_code == 302
    view = officer.figures_views.get()
    query = "period=own&from=2026-01-01&to=2026-01-31&compare=1&province=12&sort=area"
    assert (view.name, view.page, view.query, view.shared_with) == ("January", "where", query, "")
    assert f"{PATH}where/?{query}".replace("&", "&amp;") in client.get(VIEWS).text
    assert client.get(f"{PATH}{view.page}/?{view.query}").status_code == 200


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"page": "https://evil.example/"}, 422),
        ({"page": "../../admin"}, 422),
        ({"query": "period=13"}, 422),
        ({"query": "province=99"}, 404),
        ({"query": "x" * 201}, 422),
        ({"name": ""}, 422),
        ({"name": "x" * 41}, 422),
        ({"name": "somchai@example.org"}, 422),
    ],
)
def test_what_no_page_would_take_is_not_kept(given, status):
    client = administrators_client()
    told = {"name": "A view", "page": "where", "query": "period=7"} | given
    assert client.post(VIEWS, told).status_code == status
    assert not FiguresView.objects.exists()


def test_nothing_else_of_an_address_is_kept():
    client = administrators_client()
    query = "period=7&next=https://evil.example/&sort=<b>&table=days"
    client.post(VIEWS, {"name": "A view", "page": "where", "query": query})
    assert FiguresView.objects.get().query == "period=7"


def test_a_shared_view_is_seen_by_its_role_and_by_nobody_else():
    saved(OfficerFactory(administrator=True), shared_with="auditor")
    seen = {
        role: visible_to(OfficerFactory(**{role: True})).count()
        for role in ("supervisor", "provincial", "auditor", "administrator")
    }
    assert seen == {"supervisor": 0, "provincial": 0, "auditor": 1, "administrator": 0}


def test_only_administrators_share():
    with pytest.raises(PermissionDenied):
        saved(OfficerFactory(supervisor=True), shared_with="auditor")
    client = administrators_client(OfficerFactory(supervisor=True))
    told = {"name": "A view", "page": "where", "query": "", "shared_with": "auditor"}
    client.post(VIEWS, told)
    assert FiguresView.objects.get().shared_with == ""


def test_somebody_elses_view_is_neither_removed_nor_begun_with():
    view = saved(OfficerFactory(administrator=True))
    client = administrators_client(OfficerFactory(administrator=True))
    assert client.post(f"{VIEWS}{view.pk}/remove/").status_code == 404
    assert client.post(f"{VIEWS}start/", {"view": view.pk}).status_code == 404
    assert client.post(f"{VIEWS}start/", {"view": "9" * 30}).status_code == 404
    assert (FiguresView.objects.count(), StartView.objects.count()) == (1, 0)


def test_the_dashboard_begins_with_the_chosen_view_and_a_choice_leaves_it():
    officer = OfficerFactory(administrator=True)
    client, view = administrators_client(officer), saved(officer)
    client.post(f"{VIEWS}start/", {"view": view.pk})
    assert client.get(PATH).url == f"{PATH}where/?period=7"
    assert client.get(f"{PATH}?period=30").status_code == 200
    assert client.get(PATH, headers={"HX-Request": "true"}).status_code == 200
    client.post(f"{VIEWS}start/", {"view": ""})
    assert client.get(PATH).status_code == 200


def test_a_view_that_is_shared_no_more_or_removed_is_nobodys_beginning():
    sharer, reader = OfficerFactory(administrator=True), OfficerFactory(auditor=True)
    view = saved(sharer, shared_with="auditor")
    begin_with(view, by=reader)
    assert start_address(reader) == f"{PATH}where/?period=7"
    FiguresView.objects.update(shared_with="")
    assert start_address(reader) == ""
    administrators_client(sharer).post(f"{VIEWS}{view.pk}/remove/")
    assert (StartView.objects.count(), FiguresView.objects.count()) == (0, 0)


def test_a_name_is_used_once_and_views_are_thirty_at_most():
    officer = OfficerFactory(administrator=True)
    saved(officer)
    with pytest.raises(ViewRefused, match="this name"):
        saved(officer)
    for number in range(29):
        saved(officer, name=f"View {number}")
    with pytest.raises(ViewRefused, match="30 views"):
        saved(officer, name="One more")
    assert saved(OfficerFactory(administrator=True)).pk


def test_a_link_that_does_not_come_from_a_page_offers_no_form():
    client = administrators_client()
    assert client.get(f"{VIEWS}?page=admin").context["form"] is None
    assert client.get(f"{VIEWS}?page=where&period=13").status_code == 422
