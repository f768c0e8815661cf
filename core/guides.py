"""The guides of docs/guides as pages: each in both languages, with an anchor at every heading, so
that a page leads to the place that speaks of it, and pictures that scripts/pictures takes.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from core.thai_words import joined
from core.typing import Json

FOR_CITIZENS = "citizen"
PICTURE = re.compile(r"\.\./\.\./static/(guides/([a-z-]+)\.(th|en)\.webp)")
ANCHOR = re.compile(r" \{#([a-z-]+)\}$")
HEADING = 3  # tokens: opening, words, closing


@dataclass(frozen=True)
class Guide:
    """A guide in one language. `sections`: anchor and heading of each part; `body`: all below the
    title, as HTML.
    """

    title: str
    sections: tuple[tuple[str, str], ...]
    body: SafeString


def guide(name: str) -> Guide:
    """The guide of docs/guides by its name, in the reader's language."""
    return read(name, "th" if get_language() == "th" else "en")


@lru_cache
def read(name: str, language: str) -> Guide:
    """`name.md` is the English one, `name.th.md` the Thai."""
    path = settings.BASE_DIR / "docs" / "guides" / f"{name}{'.th' if language == 'th' else ''}.md"
    tokens = MARKDOWN.parse(joined(path.read_text()))
    parts = [
        (str(opening.attrs["id"]), words.content)
        for opening, words in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag == "h2"
    ]
    return Guide(
        title=tokens[1].content,
        sections=tuple(parts),
        # Markdown of our own house, in which HTML stays text.
        body=mark_safe(MARKDOWN.renderer.render(tokens[HEADING:], MARKDOWN.options, {})),  # noqa: S308
    )


def help_address(request: HttpRequest) -> str:
    """Where a guide speaks of the page that is asked for, or ""."""
    match = request.resolver_match
    if match is None:
        return ""
    topics = settings.HELP_TOPICS
    topic = topics.get(match.view_name) or topics.get(f"{match.namespace}:")
    return address_of(topic) if topic else ""


def address_of(topic: str) -> str:
    """The address of "guide#anchor"."""
    name, _, anchor = topic.partition("#")
    page = reverse("help") if name == FOR_CITIZENS else reverse("help:guide", args=[name])
    return f"{page}#{anchor}"


def _name_headings(state: StateCore) -> None:
    """`## Words {#anchor}`: a heading that both languages call by the same name."""
    for opening, words in pairwise(state.tokens):
        named = ANCHOR.search(words.content) if opening.type == "heading_open" else None
        if named:
            opening.attrSet("id", named[1])
            words.content = words.content[: named.start()]


def _show_picture(
    _renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    """`![What it shows](../../static/guides/queue.en.webp)`, fetched once it comes near."""
    source = PICTURE.fullmatch(str(tokens[at].attrs["src"]))
    if source is None:
        raise ValueError(f"no picture of scripts/pictures: {tokens[at].attrs['src']}")
    file, name, language = source.groups()
    width, height = pictures()[name][language]["size"]
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        static(file), tokens[at].content, width, height,
    )  # fmt: skip


@lru_cache
def pictures() -> dict[str, Json]:
    """By name and language: `size` on the page, in pixels, and `words`, what is read in it."""
    record = settings.BASE_DIR / "docs" / "guides" / "pictures.json"
    taken: dict[str, Json] = json.loads(record.read_text())
    return taken


MARKDOWN = MarkdownIt("commonmark", {"html": False})
MARKDOWN.core.ruler.before("inline", "name_headings", _name_headings)
MARKDOWN.add_render_rule("image", _show_picture)
