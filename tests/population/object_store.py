"""A small object store: real HTTP, S3's HEAD and GET with ranges, one version an object."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ObjectStore(ThreadingHTTPServer):
    """`objects` by path (`/bucket/key`). `breaks` answers to GET break off after `break_after`
    bytes; `requests` notes every method and range.
    """

    def __init__(self, handler: type[BaseHTTPRequestHandler] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler or Handler)
        self.objects: dict[str, bytes] = {}
        self.breaks, self.break_after = 0, 0
        self.requests: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that went away is no fault of the store's."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        wanted = self.headers.get("Range", "")
        self.server.requests.append((self.command, wanted))
        data = self.server.objects.get(self.path)
        if data is None:
            self._begin(404, 0)
            return
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        if self.headers.get("If-Match", tag) != tag:
            self._begin(412, 0)
            return
        first, last = _bounds(wanted, len(data))
        part = data[first : last + 1]
        ranged = {"Content-Range": f"bytes {first}-{last}/{len(data)}"} if wanted else {}
        self._begin(206 if wanted else 200, len(part), ETag=tag, **ranged)
        if send:
            self._send(part)

    def _begin(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        when = "Tue, 24 Nov 2026 00:00:00 GMT"
        known = {"Content-Length": str(length), "Last-Modified": when, "Accept-Ranges": "bytes"}
        for name, value in (known | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, part: bytes) -> None:
        if self.server.breaks > 0 and len(part) > self.server.break_after:
            self.server.breaks -= 1
            self.wfile.write(part[: self.server.break_after])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)
            return
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Silence."""


def _bounds(wanted: str, size: int) -> tuple[int, int]:
    """First and last byte of a Range header as S3 understands it."""
    if not wanted:
        return 0, size - 1
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


@contextmanager
def object_store(kind: type[ObjectStore] = ObjectStore) -> Iterator[ObjectStore]:
    with kind() as store:
        thread = threading.Thread(target=store.serve_forever, args=[0.02])
        thread.start()
        try:
            yield store
        finally:
            store.shutdown()
            thread.join()
