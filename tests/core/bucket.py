"""A small bucket: real HTTP, and of S3 what a storage of files asks for: put, get, list, delete."""

from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.population.object_store import Handler, ObjectStore

PAGE = 3  # keys a page, so that going on with the next is tried as well


class Bucket(ObjectStore):
    def __init__(self) -> None:
        super().__init__(_Handler)


class _Handler(Handler):
    def do_GET(self) -> None:  # noqa: N802 - http.server calls it so
        address = urlsplit(self.path)
        if "delimiter=" in address.query:
            self._list(unquote(address.path).rstrip("/"), parse_qs(address.query))
        else:
            super().do_GET()

    def do_PUT(self) -> None:  # noqa: N802 - http.server calls it so
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            data = _joined(data)
        self.server.objects[unquote(self.path)] = data
        self._begin(200, 0, ETag='"1"')

    def do_DELETE(self) -> None:  # noqa: N802 - http.server calls it so
        self.server.objects.pop(unquote(self.path), None)
        self._begin(204, 0)

    def _list(self, bucket: str, wanted: dict[str, list[str]]) -> None:
        prefix, delimiter, after = (
            wanted.get(name, [""])[0] for name in ("prefix", "delimiter", "marker")
        )
        keys = [one.removeprefix(f"{bucket}/") for one in self.server.objects]
        found = set()
        for key in (key for key in keys if key.startswith(prefix)):
            folder, cut, _rest = key.removeprefix(prefix).partition(delimiter or "\0")
            found.add(f"{prefix}{folder}{cut if delimiter else ''}")
        rest = [one for one in sorted(found) if one > after]
        parts = "".join(map(_entry, rest[:PAGE]))
        more = len(rest) > PAGE
        marker = f"<NextMarker>{rest[PAGE - 1]}</NextMarker>" if more else ""
        said = (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{marker}{parts}</ListBucketResult>"
        ).encode()
        self._begin(200, len(said), **{"Content-Type": "application/xml"})
        self.wfile.write(said)


def _entry(name: str) -> str:
    if name.endswith("/"):
        return f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
    return f"<Contents><Key>{escape(name)}</Key><Size>1</Size></Contents>"


def _joined(data: bytes) -> bytes:
    """A body that came in chunks, each with its length in hex in front (aws-chunked)."""
    whole = b""
    while data:
        line, _, data = data.partition(b"\r\n")
        length = int(line.partition(b";")[0], 16)
        if not length:
            break
        whole, data = whole + data[:length], data[length + 2 :]
    return whole
