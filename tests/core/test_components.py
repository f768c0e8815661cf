"""Components that are drawn once, and words of choices: quicker, and the same."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from core.choice_words import word_of
from core.templatetags.components import DRAWN_ONCE
from registration.models import Enrollment
from registration.states import State

BADGE = "{% include 'components/state_badge.html' with state='active' label=label only %}"
CHANGING = re.compile(r"csrf_token|request|user\.|perms|messages|now\b|timesince|timeuntil|cycle")


def drawn(label: str) -> str:
    return Template(BADGE).render(Context({"label": label}))


def test_each_is_drawn_for_what_it_is_given():
    first, other = drawn("In force"), drawn("Ended")
    assert ["In force" in first, "Ended" in other, drawn("In force") == first] == [True] * 3


def test_a_text_that_was_safe_elsewhere_is_escaped_here():
    texts = [drawn(mark_safe("<b>")), drawn("<b>")]
    assert ["&lt;b&gt;" in text for text in texts] == [True, True]


@pytest.mark.parametrize("name", sorted(DRAWN_ONCE))
def test_nothing_in_them_changes_by_itself(name):
    text = (Path(settings.BASE_DIR) / "templates" / name).read_text()
    tags = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    assert CHANGING.findall(tags) == []


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("state", State)
def test_the_word_is_the_label_in_the_readers_language(language, state):
    with override(language):
        assert Enrollment(state=state.value).get_state_display() == str(state.label)


def test_what_is_no_choice_is_told_as_it_is():
    assert word_of(State, "gone") == "gone"
