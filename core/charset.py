"""Requests are decoded by charsets that clients do name, and by no other codec.

Django decodes by the charset of Content-Type before any middleware has seen the request, and takes
each codec that Python has: some are no text (hex), some make half letters (unicode_escape), and one
takes minutes for a megabyte (punycode).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
NAMED, ODD = "CONTENT_TYPE", "dopa.odd_charset"
# Libraries of Java name the third for forms unless they are told another.
READ = {"utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii", "ascii"}


def without_odd_charsets(application: Application) -> Application:
    """`application` without such a charset to decode by; core.malformed refuses what named one."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _names_odd(environ.get(NAMED, "")):
            environ[NAMED], environ[ODD] = "", True
        return application(environ, start_response)

    return answer


def _names_odd(content_type: str) -> bool:
    """Or names something in a way that cannot be read (RFC 2231 has a charset for each value)."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except ValueError:
        return True
    return charset.lower() not in READ
