"""A request that names an odd charset is refused before anything decodes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.charset import NAMED, ODD, without_odd_charsets

ODD_ONES = "hex rot13 zlib undefined punycode unicode_escape utf-16 cp874 x".split()
HEAD = b"--b\r\nContent-Disposition: form-data; name*=%s''%%6eumber\r\n\r\n1\r\n--b--\r\n"
IN_PARTS = "multipart/form-data; boundary=b"


def given_to_django(content_type: str) -> dict:
    seen: dict = {}

    def django(environ: dict, _start: object) -> list[bytes]:
        seen.update(environ)
        return []

    without_odd_charsets(django)({NAMED: content_type}, None)
    return seen


@pytest.mark.parametrize("charset", ODD_ONES)
def test_an_odd_charset_never_reaches_django(charset):
    given = given_to_django(f"text/plain; charset={charset}")
    assert given == {NAMED: "", ODD: True}


@pytest.mark.parametrize("value", ["x*=nosuch''%41", "charset*=hex''utf-8", "x*=a'b"])
def test_nor_what_cannot_be_read(value):
    assert given_to_django(f"text/plain; {value}") in (
        {NAMED: "", ODD: True},
        {NAMED: f"text/plain; {value}"},  # which Django reads as text
    )


@pytest.mark.parametrize("charset", ["UTF-8", '"utf-8"', "ISO-8859-1", "us-ascii"])
def test_those_of_clients_do(charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert given_to_django(kind) == {NAMED: kind}


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; x=y", IN_PARTS, ""])
def test_everything_else_does_as_it_is(kind):
    assert given_to_django(kind) == {NAMED: kind}


def test_it_is_refused_with_a_sentence():
    assert Client().get("/about/", **{ODD: True}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("charset", [b"nosuch", b"hex", b"punycode", b"unicode_escape"])
def test_a_parts_own_charset_breaks_no_form(charset):
    client = Client(raise_request_exception=False)
    pages = (reverse("registration:resume"), reverse("identity:lost"))
    told = {client.post(at, HEAD % charset, content_type=IN_PARTS).status_code for at in pages}
    assert told <= {200, 400, 422}


@pytest.mark.django_db
def test_nor_a_picture_of_the_api(client):
    picture = SimpleUploadedFile("a.jpg", b"x", content_type="image/jpeg; charset=nosuch")
    client.raise_request_exception = False
    told = client.post(reverse("api:start"), {"picture": picture})
    assert told.status_code < 500
