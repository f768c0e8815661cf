"""What no page of ours sends is refused with a sentence, on every address, by every method."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.exception import convert_exception_to_response
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from core.logs import Json, Malformed
from core.malformed import MalformedMiddleware
from tests.test_access import ARGUMENTS, OF_A_CASE, OF_A_PERSON, OF_THE_PILOT, ROWS, client_of

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"
DEEP = "[" * 100_000 + "]" * 100_000
LONG = "x" * (2 * 2**20)


def address_of(name: str) -> str:
    arguments = dict(ARGUMENTS.get(name, {}))
    if name in OF_A_CASE | OF_A_PERSON | OF_THE_PILOT:
        arguments["pk"] = NOBODY
    return reverse(name, kwargs=arguments)


def files(number: int) -> dict:
    return {f"f{one}": SimpleUploadedFile("a.jpg", b"x") for one in range(number)}


def as_json(text: str):
    def send(client: Client, verb: str, address: str):
        return getattr(client, verb)(address, text, content_type="application/json")

    return send


def as_form(data: dict):
    def send(client: Client, verb: str, address: str):
        return client.post(address, dict(data))

    return send


def as_text(text: str):
    def send(client: Client, verb: str, address: str):
        return client.post(address, text, content_type="application/x-www-form-urlencoded")

    return send


BODIES = {
    "21 files": lambda client, _verb, address: client.post(address, files(21)),
    "101 fields": as_form({f"f{one}": "x" for one in range(101)}),
    "a long field": as_form({"number": LONG}),
    "a long form": as_text(f"number={LONG}"),
    "NUL in a form": as_text("number=%00&first=a%00b"),
    "NUL in a field with files": as_form({"number": "1\0"}),
    "deep JSON": as_json(DEEP),
    "long JSON": as_json(json.dumps({"number": LONG})),
    "a form without its end": lambda client, _verb, address: client.post(
        address, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x"
    ),
    "no boundary": lambda client, _verb, address: client.post(
        address, b"x", content_type="multipart/form-data"
    ),
}


READ_BY_PAGES = [name for name in BODIES if "JSON" not in name and "without" not in name]


def is_page(address: str) -> bool:
    """Whether a form may be posted there by the portal's own pages."""
    return not getattr(resolve(address).func, "csrf_exempt", False)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("persona", ["citizen", "officer"])
def test_no_body_breaks_an_address(persona, body):
    client = client_of(persona)
    client.raise_request_exception = False
    got = {}
    for name, (method, _row) in ROWS.items():
        address = address_of(name)
        verb = "put" if method == "put" else "post"
        got[address] = BODIES[body](client, verb, address).status_code
    pages = {at: status for at, status in got.items() if body in READ_BY_PAGES and is_page(at)}
    assert {at: status for at, status in got.items() if status >= 500} == {}
    assert {at: status for at, status in pages.items() if status not in {400, 413}} == {}


def test_nul_in_a_parameter_or_a_cookie_is_refused_by_every_address():
    client, got = Client(), {}
    for name in ROWS:
        address = address_of(name)
        got[f"{address} ?"] = client.get(f"{address}?page=%00&text=a%00b").status_code
        cookie = {"Cookie": f'{settings.SESSION_COOKIE_NAME}="a\\000b"'}
        got[f"{address} cookie"] = client.get(address, headers=cookie).status_code
    assert {at: status for at, status in got.items() if status != 400} == {}


@pytest.mark.parametrize("path", ["/join/%00/", "/no/such/%00", "/%00"])
def test_nul_in_a_path_is_refused(path):
    assert Client().get(path).status_code == 400


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [("21 files", 413, "too much at once"), ("NUL in a form", 400, "did not understand")],
)
def test_a_page_says_so_in_both_languages(body, status, sentence):
    page = BODIES[body](Client(), "post", reverse("registration:resume"))
    assert [page.status_code, sentence in page.text, "สายด่วน 1548" in page.text] == [
        status,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("21 files", 413, "too_much"),
        ("101 fields", 413, "too_much"),
        ("a long field", 413, "too_much"),
        ("long JSON", 413, "too_much"),
        ("deep JSON", 400, "malformed"),
    ],
)
def test_the_api_says_so_as_a_problem(body, status, code):
    answer = BODIES[body](Client(), "post", reverse("api:resume"))
    said = answer.json()
    assert [answer.status_code, said["status"], said["type"]] == [
        status,
        status,
        f"urn:dopa:problem:{code}",
    ]


def test_each_is_one_line_of_the_log_and_a_warning(caplog):
    Client().get("/about/?page=%00")
    Client().post(reverse("registration:resume"), files(21))
    told = [record for record in caplog.records if record.name.startswith("django.security")]
    for record in told:
        assert Malformed().filter(record)
    lines = [Json().format(record) for record in told]
    assert [json.loads(line)["level"] for line in lines] == ["WARNING"] * 2
    assert [line for line in lines if "Traceback" in line] == []


@pytest.mark.parametrize("length", ["-1", "1e3", "١٢"])
def test_a_length_that_is_no_number_is_refused(length):
    request = RequestFactory().post("/resume/")
    request.META["CONTENT_LENGTH"] = length
    with pytest.raises(SuspiciousOperation):
        MalformedMiddleware(lambda _request: HttpResponse())(request)


@pytest.mark.parametrize("fault", [RecursionError, DataError])
def test_what_nothing_can_hold_is_the_senders_fault(fault):
    """Where neither a form nor a serializer has seen it: the last net."""

    def falls(_request):
        raise fault

    answer = convert_exception_to_response(falls)(RequestFactory().get("/about/"))
    assert answer.status_code == 400
