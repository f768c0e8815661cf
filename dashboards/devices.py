"""The classes of devices and browsers by name; registration.devices tells them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from core.typing import StrOrPromise

DEVICES: Mapping[str, StrOrPromise] = {
    "iphone": "iPhone",
    "android": "Android",
    "tablet": gettext_lazy("Tablet"),
    "computer": gettext_lazy("Computer"),
    "other": pgettext_lazy("device", "Other"),
}
BROWSERS: Mapping[str, StrOrPromise] = {
    "line": "LINE",
    "facebook": "Facebook",
    "samsung": "Samsung Internet",
    "edge": "Edge",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "other": pgettext_lazy("device", "Other"),
}
