"""HTML is compressed where the length of an answer tells nothing to anybody else (BREACH)."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.compression import HtmlCompressionMiddleware

PAGE = "<p>A page that says the same again and again.</p>" * 20


def answered(rf, *, site: str = "", session: str = "", answer: HttpResponse) -> HttpResponse:
    headers = {"accept-encoding": "gzip"} | ({"sec-fetch-site": site} if site else {})
    request: HttpRequest = rf.get("/", headers=headers)
    request.COOKIES.update({"sessionid": session} if session else {})
    return HtmlCompressionMiddleware(lambda _: answer)(request)


@pytest.mark.parametrize(
    ("site", "session", "compressed"),
    [
        ("", "", True),
        ("cross-site", "", True),
        ("same-origin", "a-key", True),
        ("none", "a-key", True),
        ("same-site", "a-key", False),
        ("cross-site", "a-key", False),
        ("", "a-key", False),
    ],
)
def test_a_page_of_a_session_is_compressed_only_for_the_portal_itself(
    rf, site, session, compressed
):
    answer = answered(rf, site=site, session=session, answer=HttpResponse(PAGE))
    assert answer.headers.get("Content-Encoding") == ("gzip" if compressed else None)
    content = gzip.decompress(answer.content) if compressed else answer.content
    assert content.decode() == PAGE
    assert (len(answer.content) < len(PAGE)) == compressed


@pytest.mark.parametrize(
    "answer",
    [JsonResponse({"page": PAGE}), HttpResponse(PAGE, content_type="text/csv")],
    ids=["json", "csv"],
)
def test_nothing_but_pages_is_compressed(rf, answer):
    assert "Content-Encoding" not in answered(rf, answer=answer).headers


def test_the_length_of_a_compressed_page_varies(rf):
    lengths = {len(answered(rf, answer=HttpResponse(PAGE)).content) for _ in range(20)}
    assert len(lengths) > 5


@pytest.mark.django_db
def test_the_portal_does_it(client):
    answer = client.get("/privacy/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.content) < 8000
