"""Where a request came from, as far as shares and quotas ask: a network, never named.

What a client may mint by itself (an enrollment, a session, an address of its own IPv6 network) is
no key for a limit. IPv4: the address; IPv6: the 56 bits that a subscriber is given.
"""

import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from core.keyring import ring

SUBSCRIBER = 56
_current: ContextVar[str] = ContextVar("origin", default="")


def client_address(request: HttpRequest) -> str:
    """The address of the client: what the outermost of our proxies saw, nothing it claims."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return address_of(forwarded, peer=str(request.META.get("REMOTE_ADDR", "")))


def address_of(forwarded: str, *, peer: str) -> str:
    """`forwarded`: what the proxies wrote; `peer`: who is connected to us."""
    proxies = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in forwarded.split(",")]
    if proxies and len(hops) >= proxies and hops[-proxies]:
        return hops[-proxies]
    return peer


def network_behind(forwarded: str, *, peer: str) -> str:
    """The subscriber's network that a request comes from."""
    return network_of(address_of(forwarded, peer=peer))


def network_of(address: str) -> str:
    """The subscriber's network; what is no address stays as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(ipaddress.ip_network((parsed, SUBSCRIBER), strict=False))


def origin_of(address: str) -> str:
    """32 hex digits that say the same of the same network, and nothing without the key."""
    key = ring("lookup").current_key
    return hashlib.blake2b(network_of(address).encode(), key=key, digest_size=16).hexdigest()


def current_origin() -> str:
    """Of the request that is being answered; empty elsewhere."""
    return _current.get()


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    token = _current.set(origin_of(address))
    try:
        yield
    finally:
        _current.reset(token)
