"""Words that browsers would break are kept whole, and only on pages."""

import json
import uuid

import pytest
from django.core import mail
from django.http import JsonResponse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser

from core.guides import read
from core.plain_json import PlainJsonMiddleware
from core.sending.senders import Message
from core.sending.services import deliver_once
from core.tables import harmless
from core.thai_words import COMPOUNDS, JOINED, JOINER, joined, plain

# How many lines the words take where each may break wherever it will.
LINES = """words => {
  document.documentElement.lang = "th";
  return words.map((word) => {
    const line = document.createElement("p");
    line.style.cssText = "width: 1px; font: 16px/20px sans-serif; margin: 0; overflow-wrap: normal";
    line.textContent = word;
    document.body.append(line);
    return Math.round(line.getBoundingClientRect().height / 20);
  });
}"""


@pytest.mark.browser
def test_chromium_breaks_none_of_them_and_would_have_broken_each(browser: Browser):
    page = browser.new_page()
    whole, apart = (page.evaluate(LINES, [*words]) for words in (JOINED.values(), JOINED))
    page.close()
    assert dict(zip(JOINED, whole, strict=True)) == dict.fromkeys(JOINED, 1)
    assert [word for word, lines in zip(JOINED, apart, strict=True) if lines == 1] == []


def test_a_word_is_joined_once():
    once = joined("ดิจิทัลไอดีและรหัสผ่าน")
    assert once == joined(once) == f"ดิจิทัล{JOINER}ไอ{JOINER}ดีและรหัส{JOINER}ผ่าน"
    assert plain(once) == "ดิจิทัลไอดีและรหัสผ่าน"
    assert len(COMPOUNDS) == len(JOINED)


def test_pages_and_guides_have_them_and_what_leaves_the_portal_has_none(db, rf, settings):
    settings.SENDERS = {"email": "core.sending.senders.MailSender"}
    with override("th"):
        said = gettext("Password")
    assert said == f"รหัส{JOINER}ผ่าน"
    assert JOINER in read("citizen", "th").body
    assert JOINER not in read("citizen", "en").body
    assert harmless(said) == "รหัสผ่าน"
    plain_json = PlainJsonMiddleware(
        lambda _request: JsonResponse({"title": said}, json_dumps_params={"ensure_ascii": False})
    )
    assert json.loads(plain_json(rf.get("/")).content) == {"title": "รหัสผ่าน"}
    deliver_once(Message(uuid.uuid4(), "email", "somying@example.org", said, said))
    assert (mail.outbox[0].subject, mail.outbox[0].body) == ("รหัสผ่าน", "รหัสผ่าน")
