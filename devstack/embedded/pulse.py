"""Whether the portal does its work, as its own health page says."""

import json
import urllib.request


def told_by(address: str) -> bool | None:
    """What the health page there says of the work; None where it does not answer in time."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own page
            return bool(json.load(answer)["work"])
    except (OSError, ValueError, KeyError):
        return None
