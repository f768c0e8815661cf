"""Broad classes of devices and browsers. So few that they tell nobody apart."""

import re

# The first that fits counts: Chrome's own text names Safari, Edge's names Chrome.
BROWSERS = (
    ("line", r"\bLine/"),
    ("facebook", r"FBAN|FBAV"),
    ("samsung", r"SamsungBrowser/"),
    ("edge", r"\bEdg(e|A|iOS)?/"),
    ("firefox", r"Firefox/|FxiOS/"),
    ("chrome", r"Chrome/|CriOS/"),
    ("safari", r"Safari/"),
)
DEVICES = (
    ("tablet", r"iPad|Android(?!.*Mobile)"),
    ("iphone", r"iPhone"),
    ("android", r"Android"),
    ("computer", r"Windows|Macintosh|X11|CrOS"),
)


def device_class(user_agent: str) -> str:
    """`iphone-safari` and the like; `other-other` for what none of the classes is."""
    return f"{_first(DEVICES, user_agent)}-{_first(BROWSERS, user_agent)}"


def _first(classes: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in classes if re.search(pattern, text)), "other")
