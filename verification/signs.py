"""Signs that a photo shows a screen, a copy or an altered card: named, each scored from 0 to 1."""

from collections.abc import Mapping

Signs = Mapping[str, float]
SEEN = 0.5
# What each sign speaks for; a screen, a copy and an altered card have a threshold each.
KINDS = {
    "screen": ("grid", "dark_rim"),
    "copy": ("colourless", "print_dots", "square_corners"),
    "altered": ("no_chip", "marked", "portrait_rim", "unlike_digits"),
}


def score(signs: Signs, kind: str) -> float:
    """What speaks most for a kind of KINDS, 0 to 1."""
    return max(signs.get(name, 0.0) for name in KINDS[kind])


def seen(scores: Mapping[str, float]) -> list[str]:
    """The names of the signs among scores that speak for themselves."""
    return [name for names in KINDS.values() for name in names if scores.get(name, 0.0) >= SEEN]
