"""The staff's menu, which is on every page of theirs: what it shows follows from the role, the page
and the language, so that each is drawn once a process. Nothing of a person or a session is in it.
"""

from functools import lru_cache
from types import SimpleNamespace

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.translation import get_language

from offices.models import Officer

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_menu(context: Context) -> str:
    """For the officer whose page this is."""
    match = context["request"].resolver_match
    place = (match.app_name, match.url_name, match.view_name) if match else ("", "", "")
    return _menu(context["user"].role, get_language(), place, context.get("help_address", ""))


@lru_cache(maxsize=2048)
def _menu(role: str, language: str | None, place: tuple[str, str, str], help_address: str) -> str:
    """`language` is the one that is active; the rest says what is open to the role, and where."""
    app, page, view = place
    match = SimpleNamespace(app_name=app, url_name=page, view_name=view)
    context = {
        "user": Officer(role=role),
        "request": SimpleNamespace(resolver_match=match),
        "help_address": help_address,
    }
    return render_to_string("review/parts/menu.html", context)
