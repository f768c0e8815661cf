"""Every request is UTF-8, whatever charset it names.

Django decodes by the charset of Content-Type before any middleware has seen the request, and takes
each codec that Python has: some are no text (hex), some make half letters (unicode_escape), and one
takes minutes for a megabyte (punycode).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
NAMED, OTHER = "CONTENT_TYPE", "dopa.other_charset"
UTF_8 = {"utf-8", "utf8"}


def in_utf_8(application: Application) -> Application:
    """`application` without a charset to decode by; core.malformed refuses what named another."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _names_another(environ.get(NAMED, "")):
            environ[NAMED], environ[OTHER] = "", True
        return application(environ, start_response)

    return answer


def _names_another(content_type: str) -> bool:
    """Or names something in a way that cannot be read (RFC 2231 has a charset for each value)."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except (ValueError, LookupError):
        return True
    return charset.lower() not in UTF_8
