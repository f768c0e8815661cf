"""What every answer bears, also those that no view of ours makes."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from core.tables import harmless, table_file
from dopa_portal.settings import base
from tests.factories import OfficerFactory
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
HEADERS = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/about", 301),
        ("/staff/queue/", 302),
        ("/no/such/page/", 404),
        ("/?x=%00", 400),
        ("/static/css/citizen.css", 200),
        ("/.well-known/jwks.json", 200),
    ],
)
def test_every_answer_bears_them(path, status):
    answer = Client().get(path)
    answer.close()  # a static file is open until then
    assert [answer.status_code, *(name in answer.headers for name in HEADERS)] == [
        status,
        *[True] * len(HEADERS),
    ]


def test_the_redirection_to_https_bears_them(settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/")
    assert [answer.status_code, *(name in answer.headers for name in HEADERS)] == [301, *[True] * 3]


def test_nothing_is_loaded_but_from_here_and_no_plugin_at_all():
    policy = Client().get("/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    none = [rules[name] for name in ("default-src", "object-src", "base-uri", "frame-ancestors")]
    assert [none, rules["script-src"]] == [["'none'"] * 4, "'self'"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/terms/", 403), ("/connect/token/", 403), ("/metrics/", 403), ("/about/", 301)],
)
def test_programs_are_not_led_from_http_to_https(settings, path, status):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == status


def test_no_method_has_a_request_sent_back():
    answer = Client().generic("TRACE", "/", headers={"X-Secret": "sesame"})
    assert b"sesame" not in answer.content


@pytest.fixture
def officer(client) -> Client:
    sign_in(client, OfficerFactory(administrator=True))
    return client


def test_what_an_officer_or_a_token_opened_is_kept_by_nobody(officer):
    pages = ("/staff/dashboard/", "/staff/people/", "/staff/account/sessions/", "/about/")
    kept = {officer.get(page).headers["Cache-Control"] for page in pages}
    assert all("no-store" in one for one in kept)
    by_token = Client().get("/api/v1/terms/", headers={"Authorization": "Bearer x"})
    assert "no-store" in by_token.headers["Cache-Control"]


def test_whoever_signs_out_leaves_no_page_in_the_browser(officer):
    assert "Clear-Site-Data" not in officer.get("/staff/people/").headers
    answer = officer.post("/staff/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_in_production_the_cookies_belong_to_the_host_alone():
    names = {name: getattr(base, name) for name in vars(base) if name.endswith("_COOKIE_NAME")}
    assert len(names) == 5
    assert [name for name, called in names.items() if not called.startswith("__Host-")] == []
    assert base.MESSAGE_STORAGE.endswith(".SessionStorage")
    secure = (base.SESSION_COOKIE_SECURE, base.CSRF_COOKIE_SECURE, base.LANGUAGE_COOKIE_SECURE)
    assert secure == (True, True, True)
    assert not hasattr(base, "SESSION_COOKIE_DOMAIN")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\uff1d1"])
def test_no_cell_and_no_head_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    body = table_file("xlsx", name="x", head=[text], rows=[[text, "http://evil.example"]]).content
    sheet = load_workbook(io.BytesIO(body)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(cells)
