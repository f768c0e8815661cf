"""What every answer bears, also those that no view of ours makes."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from core.tables import harmless, table_file
from dopa_portal.settings import base

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


def test_in_production_the_cookies_belong_to_the_host_alone():
    names = {base.SESSION_COOKIE_NAME, base.CSRF_COOKIE_NAME, base.LANGUAGE_COOKIE_NAME}
    assert all(name.startswith("__Host-") for name in names)
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
