"""What somebody sends who has a right one and changes it: in each place one thing is another.

Whoever changes what was signed is answered by the reader's own refusal: nothing comes out that its
caller does not expect, whatever the libraries below raise.
"""

import base64
import json
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from joserfc.jwk import ECKey

from identity.credential.passes import signature

NUMBERS = (0, -1, 0.5, 2**70, float("inf"), float("nan"))
ODD = (None, True, *NUMBERS, "", "a\0é", "\ud800", "x" * 500, [], {}, [[None]], {"x": [1]})
IN_A_ROW = 5  # bytes that are taken out or put in


def raised(
    read: Callable[[Any], object], changed: Iterable[object], *refusals: type[Exception]
) -> dict[str, object]:
    """What is neither an answer nor a refusal, each with the first that led to it."""
    found: dict[str, object] = {}
    for one in changed:
        try:
            read(one)
        except refusals:
            continue
        except Exception as other:  # noqa: BLE001 - that there is none is what is asked
            found.setdefault(repr(other)[:200], one)
    return found


def json_of(said: object) -> Iterator[object]:
    """Each value in it another or gone, one at a time."""
    yield from ODD
    if isinstance(said, dict):
        for name, value in said.items():
            rest = {other: one for other, one in said.items() if other != name}
            yield rest
            yield from ({name: one} | rest for one in json_of(value))
        yield said | {"x": 1}
    elif isinstance(said, list):
        for place, value in enumerate(said):
            yield said[:place] + said[place + 1 :]
            yield from ([*said[:place], one, *said[place + 1 :]] for one in json_of(value))
        yield [*said, *said]


def bytes_of(data: bytes, *, every: int = 1) -> Iterator[bytes]:
    """A byte another, and some taken out or put in: at each place, or at one of so many."""
    draw = random.Random(every)  # noqa: S311 - to be repeated
    for place in range(0, len(data), every):
        before, after = data[:place], data[place + 1 :]
        yield before + bytes([data[place] ^ 1 << draw.randrange(8)]) + after
        yield before + bytes([data[place] ^ draw.randrange(1, 256)]) + after
        yield before + data[place + draw.randint(1, IN_A_ROW) :]
        yield before + draw.randbytes(draw.randint(1, IN_A_ROW)) + data[place:]


def tokens_of(token: str, key: ECKey | None = None) -> Iterator[str]:
    """Of a compact JWS: header and payload changed, with the signature as it was and, where the
    sender has the key, with a right one; and each part as bytes.
    """
    parts = token.split(".")
    for place in range(2):
        for said in json_of(json.loads(decoded(parts[place]))):
            changed = [*parts[:place], encoded(json.dumps(said).encode()), *parts[place + 1 :]]
            yield ".".join(changed)
            if key:
                signed = ".".join(changed[:2])
                yield f"{signed}.{encoded(signature(key, signed.encode()))}"
    yield from ("", ".", "..", "...", "é", f"{token}.", f"..{parts[2]}", "\ud800", token.upper())
    yield from (f"{'.'.join(parts[:2])}.{encoded(one)}" for one in bytes_of(decoded(parts[2])))


def encoded(data: bytes) -> str:
    """As JOSE writes bytes: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def parts_of(text: str, separator: str = ".", *, places: range | None = None) -> Iterator[str]:
    """Of what stands in base64url between separators: the bytes of one part changed at a time."""
    parts = text.split(separator)
    for place in places or range(len(parts)):
        for one in bytes_of(decoded(parts[place])):
            yield separator.join([*parts[:place], encoded(one), *parts[place + 1 :]])
