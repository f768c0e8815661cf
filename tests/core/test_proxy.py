"""deploy/Caddyfile, run by Caddy: what a proxy in front has to do, it does."""

import base64
import hashlib
import json
import re
import socket
import ssl
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection

import pytest

from devstack.embedded.ports import free_port
from tests.core.served import CADDYFILE, Proxy, proxied, serving

HERE = {"127.0.0.1", "::1"}


@pytest.fixture(scope="module")
def proxy(tmp_path_factory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("caddy")
    with serving() as (_process, port), proxied(port, folder) as own:
        yield own


def secure(proxy: Proxy) -> HTTPConnection:
    trusted = ssl.create_default_context(cafile=str(proxy.root))
    return HTTPSConnection("localhost", proxy.secure, timeout=30, context=trusted)


def plain(proxy: Proxy) -> HTTPConnection:
    return HTTPConnection("localhost", proxy.plain, timeout=30)


def ask(
    connection: HTTPConnection, body: bytes = b"", *, at: str = "/", **headers: str
) -> tuple[HTTPResponse, str]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.request("POST", at, body, sent)
        answer = connection.getresponse()
        return answer, answer.read().decode()


@pytest.mark.parametrize(("reach", "scheme"), [(secure, "https"), (plain, "http")])
def test_what_a_client_says_of_itself_is_dropped_and_the_portal_told_how_it_came(
    proxy, reach, scheme
):
    """The portal decides who is led to https and who is refused: it hears of those on http, too."""
    other = "http" if scheme == "https" else "https"
    answer, body = ask(reach(proxy), X_Forwarded_For="192.0.2.7", X_Forwarded_Proto=other)
    told = json.loads(body)
    assert [answer.status, told["PROTO"]] == [200, scheme]
    assert told["FOR"] in HERE
    assert [answer.headers["Server"], answer.headers["Via"]] == [None, None]


@pytest.mark.parametrize("reach", [secure, plain])
def test_what_is_larger_than_the_limits_is_refused(proxy, reach):
    assert ask(reach(proxy), bytes(25_500_000))[0].status == 413
    assert ask(reach(proxy), X_Long="x" * 40_000)[0].status == 431


@pytest.mark.parametrize("reach", [secure, plain])
def test_a_head_that_does_not_come_is_not_waited_for(proxy, reach):
    line = reach(proxy)
    with closing(line):
        line.connect()
        began = time.monotonic()
        line.sock.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        line.sock.recv(1000)
    assert time.monotonic() - began < 20  # the file says 10


SILENT = {"a web that is too slow": {"X_Takes": "9"}, "a web that is gone": {}}


@pytest.fixture(scope="module", params=SILENT)
def silent(request, tmp_path_factory) -> Iterator[tuple[Proxy, dict[str, str], int]]:
    """A proxy in front of a web that does not answer, what makes it so, and the status for it."""
    folder = tmp_path_factory.mktemp("caddy")
    if SILENT[request.param]:
        with (
            serving() as (_process, port),
            proxied(port, folder, PORTAL_ANSWERS_WITHIN="1s") as own,
        ):
            yield own, SILENT[request.param], 504
    else:
        with proxied(free_port(), folder) as own:
            yield own, {}, 502


@pytest.mark.parametrize("reach", [secure, plain])
def test_where_web_does_not_answer_people_read_what_to_do_and_programs_a_problem(silent, reach):
    proxy, asked, status = silent
    page, text = ask(reach(proxy), **asked)
    assert page.status == status
    assert ["กรุณารอสักครู่แล้วลองใหม่" in text, "Please wait a moment" in text] == [True] * 2
    problem, told = ask(reach(proxy), at="/api/v1/enrollments/", **asked)
    assert [problem.status, problem.headers["Content-Type"], json.loads(told)["type"]] == [
        status, "application/problem+json", "urn:dopa:problem:unavailable",
    ]  # fmt: skip
    assert {"type", "title", "status", "detail"} == json.loads(told).keys()
    assert problem.headers["Retry-After"] is None  # what was asked may have been done


def test_that_page_is_styled_by_its_own_style_alone(silent):
    proxy, asked, _status = silent
    page, text = ask(secure(proxy), **asked)
    (style,) = re.findall("<style>(.*?)</style>", text)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert page.headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    )


def test_an_answer_is_waited_for_a_minute_and_programs_are_those_the_portal_knows(settings):
    """As docs/operations.md says; the tests above wait less."""
    written = CADDYFILE.read_text()
    assert "response_header_timeout {$PORTAL_ANSWERS_WITHIN:60s}" in written
    (programs,) = re.findall(r"@program path (.+)", written)
    assert set(programs.split()) == {f"{one}*" for one in settings.PROGRAMS_ASK}


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_of_today_is_spoken(proxy, version):
    with spoken(proxy, version) as line:
        assert line.version() == version.name.replace("_", ".")
        assert {"GCM", "CHACHA20"} & {*line.cipher()[0].replace("-", "_").split("_")}


def test_older_tls_is_not(proxy):
    with pytest.raises(ssl.SSLError), spoken(proxy, ssl.TLSVersion.TLSv1_1):
        pass


def spoken(proxy: Proxy, version: ssl.TLSVersion) -> ssl.SSLSocket:
    """A client that speaks this version alone, whatever its own library thinks of it."""
    context = ssl.create_default_context(cafile=str(proxy.root))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    line = socket.create_connection(("localhost", proxy.secure), timeout=30)
    return context.wrap_socket(line, server_hostname="localhost")
