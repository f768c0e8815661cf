"""The guides: the same in both languages, and every link to or in one leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import URLResolver, get_resolver, resolve, reverse
from PIL import Image

from core.guides import MARKDOWN, pictures, read
from core.thai_words import joined
from scripts.pictures.taking import SHARP, catalogue
from tests.test_access import client_of, names

GUIDES = ("administrator", "auditor", "citizen", "help-line", "officer")
FOLDER = Path(settings.BASE_DIR) / "docs" / "guides"
ID = re.compile(r' id="([a-z-]+)"')


def anchors(name: str, language: str) -> list[str]:
    return ID.findall(read(name, language).body)


def blocks(file: str) -> list[tuple[str, str]]:
    """Headings, paragraphs, items and samples in their order, without their words."""
    tokens = MARKDOWN.parse((FOLDER / file).read_text())
    return [(token.type, token.tag) for token in tokens]


def size_of(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


def test_the_guides_are_those_tested_here():
    files = {path.name for path in FOLDER.iterdir()}
    guides = {f"{name}{end}" for name in GUIDES for end in (".md", ".th.md")}
    assert files == guides | {"pictures.json"}


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_has_the_same_parts_in_both_languages(name):
    assert blocks(f"{name}.th.md") == blocks(f"{name}.md")
    assert anchors(name, "th") == anchors(name, "en")
    headings = re.findall(r"<h[2-6][ >]", read(name, "en").body)
    assert len(set(anchors(name, "en"))) == len(headings)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", GUIDES)
def test_links_in_a_guide_lead_somewhere(name, language):
    guide = read(name, language)
    links = re.findall(r'href="([^"]+)"', guide.body)
    assert {anchor for anchor, _heading in guide.sections} <= set(anchors(name, language))
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside <= set(anchors(name, language))
    assert [link for link in links if link[0] != "#" and not resolve(link)] == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_guide_shows_each_picture_once_in_the_readers_language(language):
    shown = [
        image for name in GUIDES for image in re.findall(r"<img [^>]+>", read(name, language).body)
    ]
    files = [re.search(r"guides/([a-z-]+)\.(th|en)", image).groups() for image in shown]
    assert sorted(files) == [(name, language) for name in sorted(pictures())]
    assert [image for image in shown if not re.search(r' alt="[^"]{20,}" width="\d', image)] == []


def test_each_picture_has_the_size_that_pages_reserve_for_it():
    folder = Path(settings.BASE_DIR) / "static" / "guides"
    sizes = {path.name: size_of(path) for path in folder.iterdir()}
    kept = {
        f"{name}.{language}.webp": taken["size"]
        for name, both in pictures().items()
        for language, taken in both.items()
    }
    assert sizes.keys() == kept.keys()
    wrong = [
        name for name, size in sizes.items() if [round(side / SHARP) for side in size] != kept[name]
    ]
    assert wrong == []


def test_what_is_read_in_a_picture_is_what_the_portal_says_today():
    """Whoever changes these words runs `make pictures`."""
    gone = {
        (name, language, words)
        for name, both in pictures().items()
        for language, taken in both.items()
        for words in taken["words"]
        if words not in catalogue(language)
    }
    assert gone == set()


def test_a_picture_of_elsewhere_is_refused():
    with pytest.raises(ValueError, match="no picture of scripts/pictures"):
        MARKDOWN.render("![x](https://elsewhere.example/x.webp)")


def of_administration(patterns: list) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from of_administration(one.url_patterns)
        elif one.name:
            yield f"admin:{one.name}"


def test_each_page_with_help_exists_and_so_does_the_place_of_the_guide():
    pages = set(names(get_resolver())) | set(of_administration(admin.site.get_urls()))
    known = pages | {f"{page.split(':')[0]}:" for page in pages if ":" in page}
    assert set(settings.HELP_TOPICS) - known == set()
    topics = [topic.split("#") for topic in settings.HELP_TOPICS.values()]
    assert [topic for topic in topics if topic[1] not in anchors(topic[0], "en")] == []


# They send, answer a script, hand a file or picture over, or are the help itself.
NO_PAGES = {
    "audit": "delete_search find_file save_search saved_search",
    "help": "index guide",
    "identity": "official_answer",
    "pilot": "decide",
    "review": "entry changes cases_file save_view remove_view undo_many numbers_file take_next "
    "take hold release decide undo reopen second_person digital_id_status reassign face picture",
}


def routes(resolver: URLResolver, begin: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of each address."""
    for one in resolver.url_patterns:
        route = f"{begin}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one, route, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", route


def test_every_page_of_staff_leads_to_its_place_in_a_guide():
    of_staff = re.compile(r"staff/(?!account/)")
    pages = {name for name, route in routes(get_resolver()) if of_staff.match(route)}
    topics = settings.HELP_TOPICS
    without = {name for name in pages if not {name, f"{name.partition(':')[0]}:"} & topics.keys()}
    assert without == {f"{space}:{one}" for space, all_ in NO_PAGES.items() for one in all_.split()}


# They send, are asked by scripts or programs, or tell about the portal as a whole.
NO_PAGES_OF_CITIZENS = {
    "": "about accessibility arrived help offline privacy service service_worker set_language"
    " set_theme",
    "identity": "add_passkey all_statuses ask_passkey bind credential data_file keep lock"
    " lock_others new_passkey photo remove_way rename_device seen statuses",
    "registration": "back_picture challenge challenge_step front_picture recapture"
    " resume_challenge resume_challenge_step resume_remove resume_status start status",
    "relying_parties": "authorize credential decide end nonce open_to_present presentation_answer"
    " presentation_request presentation_result presentations take_back token userinfo"
    " wallet_statuses",
}
ELSEWHERE = ("staff", "api", "admin", "try", "health", "metrics", ".well", "security", "csp")


def test_every_page_of_citizens_leads_to_its_place_in_the_guide():
    pages = {name for name, route in routes(get_resolver()) if not route.startswith(ELSEWHERE)}
    topics = settings.HELP_TOPICS
    without = {name for name in pages if not {name, f"{name.partition(':')[0]}:"} & topics.keys()}
    assert without == {
        f"{space}:{one}".removeprefix(":")
        for space, all_ in NO_PAGES_OF_CITIZENS.items()
        for one in all_.split()
    }


def test_html_in_a_guide_stays_text():
    said = MARKDOWN.render("<script>1</script>\n\n[x](javascript:1) <b>y</b>")
    assert "<script" not in said
    assert "<b>" not in said
    assert "href" not in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading"),
    [("th", joined("ลงทะเบียนแปดขั้นตอน")), ("en", "Register in eight steps")],
)
def test_a_citizen_reads_the_guide_in_the_own_language(client, language, heading):
    page = client.get(reverse("help"), headers={"accept-language": language}).content.decode()
    assert f'<h2 id="steps">{heading}</h2>' in page
    assert f'<a href="#steps">{heading}</a>' in page


@pytest.mark.django_db
def test_a_step_leads_to_its_place_in_the_guide(client):
    page = client.get(reverse("registration:resume")).content.decode()
    assert 'href="/help/#coming-back" target="_blank"' in page
    assert "help-here" not in client.get(reverse("privacy")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("persona", "own", "read_by"),
    [
        ("officer", "officer", ["officer"]),
        ("supervisor", "officer", ["officer", "administrator"]),
        ("administrator", "administrator", ["administrator", "auditor"]),
        ("auditor", "auditor", ["officer", "administrator", "auditor"]),
    ],
)
def test_who_works_here_reads_the_guides_of_the_own_pages(persona, own, read_by):
    client = client_of(persona)
    assert client.get(reverse("help:index")).url == reverse("help:guide", args=[own])
    answers = {name: client.get(reverse("help:guide", args=[name])).status_code for name in GUIDES}
    assert [name for name, status in answers.items() if status == 200] == sorted(read_by)
    assert {status for name, status in answers.items() if name not in read_by} == {403}


@pytest.mark.django_db
def test_the_staff_menu_leads_to_the_place_that_speaks_of_the_page():
    client = client_of("officer")
    page = client.get(reverse("review:queue")).content.decode()
    assert 'href="/staff/help/officer/#queue"' in page
