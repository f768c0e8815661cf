"""What a browser says of itself, in words."""

from django import template

from dashboards.devices import BROWSERS, DEVICES
from registration.devices import device_class

register = template.Library()


@register.filter
def device_in_words(user_agent: str) -> str:
    """Kind of device and browser, as far as they are told."""
    device, browser = device_class(user_agent).split("-")
    return f"{DEVICES[device]}, {BROWSERS[browser]}"
