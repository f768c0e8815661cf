"""A small application for tests of the web server: it says what of a request reached it."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable

from core import front, held_back
from core.held_back import HOLD_BACK
from core.lanes import TURNED_AWAY

front.HEAD_WITHIN = 1.0
held_back.HELD_SECONDS = 2.0


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    if environ[TURNED_AWAY]:
        start_response("503 Service Unavailable", [])
        return [b""]
    time.sleep(float(environ.get("HTTP_X_TAKES", 0)))
    if "HTTP_X_HOLD_BACK" in environ:
        environ[HOLD_BACK](float(environ["HTTP_X_HOLD_BACK"]))
    body = environ["wsgi.input"].read()
    forwarded = {name: environ.get(f"HTTP_X_FORWARDED_{name}") for name in ("FOR", "PROTO")}
    told = {"sha256": hashlib.sha256(body).hexdigest(), "process": os.getpid()} | forwarded
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]
