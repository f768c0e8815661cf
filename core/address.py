"""The portal's own address, as it stands in signed things: a setting, never what a request says."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks


def portal_address() -> str:
    """`https://host` without a path, as the issuer is named letter by letter."""
    return settings.PORTAL_ADDRESS.rstrip("/")


def address_is_set(app_configs: object, **_options: object) -> list[checks.CheckMessage]:
    """Credentials and ID tokens name the issuer: a deployment has to say who that is."""
    parts = urlsplit(settings.PORTAL_ADDRESS)
    if parts.scheme == "https" and parts.hostname and not parts.path.strip("/"):
        return []
    return [
        checks.Error("PORTAL_ADDRESS has to be https:// and a host, without a path", id="dopa.E001")
    ]
