"""Small components that a page draws a hundred times: what they show follows from what they are
given and from the language, so that each is drawn once a process.
"""

from functools import lru_cache

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import do_include
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
DRAWN_ONCE = frozenset({"components/icon.html", "components/state_badge.html"})


@register.tag("include")
def include(parser: Parser, token: Token) -> Node:
    """Django's own, quicker for DRAWN_ONCE with `only`."""
    node = do_include(parser, token)
    if node.isolated_context and node.template.var in DRAWN_ONCE:
        return Drawn(str(node.template.var), node.extra_context)
    return node


class Drawn(Node):
    def __init__(self, name: str, given: dict[str, FilterExpression]) -> None:
        self.name, self.given = name, sorted(given.items())

    def render(self, context: Context) -> str:
        return drawn(self.name, **{name: value.resolve(context) for name, value in self.given})


def drawn(name: str, /, **given: object) -> SafeString:
    """One of DRAWN_ONCE, as markup."""
    # A text that is marked as safe is joined anew, which takes the mark away.
    plain = tuple((one, "".join(str(value))) for one, value in given.items())
    return _drawn(name, get_language(), plain)


@lru_cache(maxsize=512)
def _drawn(name: str, language: str | None, given: tuple[tuple[str, str], ...]) -> SafeString:
    """`given` are plain texts: none is taken for HTML that was escaped elsewhere."""
    return render_to_string(name, dict(given))
