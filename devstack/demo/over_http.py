"""What CitizenApp needs of a client, against a portal that runs elsewhere."""

from collections.abc import Callable

import requests


class OverHttp:
    """One connection's worth of a citizen's app."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def credentials(self, **headers: str) -> None:
        self.session.headers["Authorization"] = headers["HTTP_AUTHORIZATION"]

    def __getattr__(self, verb: str) -> Callable[..., requests.Response]:
        def send(path: str, data: dict | None, *, format: str) -> requests.Response:  # noqa: A002
            body = {"json": data} if format == "json" else {"files": parts_of(data or {})}
            return self.session.request(verb, self.url + path, timeout=self.patience(), **body)

        return send

    def patience(self) -> float:
        """Seconds until it gives an answer up."""
        return 30.0


def parts_of(data: dict) -> list[tuple]:
    """The parts of a multipart body: pictures as files, lists as parts of one name."""
    values = [
        (name, one)
        for name, value in data.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return [
        (name, ("picture.jpg", one.read()) if hasattr(one, "read") else (None, str(one)))
        for name, one in values
    ]
