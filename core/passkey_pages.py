"""Pages that ask for a passkey: everywhere else the browser refuses (Permissions-Policy)."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django_permissions_policy.decorators import permissions_policy_override

OPENING = {"publickey-credentials-get": "self"}
ADDING = {"publickey-credentials-create": "self"}

may_open_by_passkey = permissions_policy_override(settings.PERMISSIONS_POLICY | OPENING)
may_add_passkey = permissions_policy_override(settings.PERMISSIONS_POLICY | ADDING)
may_do_both = permissions_policy_override(settings.PERMISSIONS_POLICY | OPENING | ADDING)


def let_ask(module: str, *, named: str) -> list[URLPattern | URLResolver]:
    """The addresses of somebody else's `module`, where those whose names begin so may ask."""
    patterns: list[URLPattern | URLResolver] = import_module(module).urlpatterns
    _let_ask(patterns, named)
    return patterns


def _let_ask(patterns: list[URLPattern | URLResolver], named: str) -> None:
    for one in patterns:
        if isinstance(one, URLResolver):
            _let_ask(one.url_patterns, named)
        elif (one.name or "").startswith(named):
            one.callback = may_do_both(one.callback)
