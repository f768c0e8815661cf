"""Which request, or which job, the running code serves. Read by `record`, set at the edges."""

import ipaddress
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

from audit.guard import holds_personal_data

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class Context:
    request_id: str = ""
    address_class: str = ""


NOWHERE = Context()
_current: ContextVar[Context] = ContextVar("audit_context", default=NOWHERE)


def current() -> Context:
    return _current.get()


def current_request_id() -> str:
    return _current.get().request_id


def enter(request_id: str) -> Token[Context]:
    """Serve a task from here on, until `leave` with what this gives."""
    return _current.set(Context(accepted_request_id(request_id)))


def leave(token: Token[Context]) -> None:
    _current.reset(token)


@contextmanager
def bound(*, request_id: str = "", address_class: str = "") -> Iterator[Context]:
    """Serve a request or a job: entries made inside carry these. Gives the former context back."""
    context = Context(accepted_request_id(request_id), address_class)
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def accepted_request_id(offered: str) -> str:
    """`offered` when it is harmless to keep, else a fresh one: callers choose it freely."""
    if REQUEST_ID.fullmatch(offered) and not holds_personal_data(offered):
        return offered
    return uuid.uuid4().hex


def address_class(address: str) -> str:
    """What kind of place a request came from, never the address: an address is personal data.

    `loopback`, `private`, `public-v4/203.0` (first 16 bits), `public-v6/2001:db8` (first 32 bits),
    or `unknown`.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.is_loopback:
        return "loopback"
    if not parsed.is_global:
        return "private"
    if parsed.version == 4:  # noqa: PLR2004 - the versions of IP are their own names
        return "public-v4/" + ".".join(str(parsed).split(".")[:2])
    network = parsed.exploded.split(":")[:2]
    return "public-v6/" + ":".join(group.lstrip("0") or "0" for group in network)
