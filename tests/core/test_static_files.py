"""What browsers get of the static files: one style sheet a page, modules named by their content."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from core.static_files import bundle
from dopa_portal.settings import base

SOURCES = Path(settings.BASE_DIR) / "static"
SAMPLE = Path(settings.BASE_DIR) / "devstack" / "trying" / "static"  # what the sample system adds
TEMPLATES = Path(settings.BASE_DIR) / "templates"
WRITTEN_IMPORT = re.compile(r"""["'`](\.{1,2}/[^"'`]+)["'`]""")  # any string that is a path
ADDRESS = re.compile(r'url\("([^"]+)"\)')
SHEETS = {
    "base.html": "css/citizen.css",
    "bare.html": "css/citizen.css",
    "base_staff.html": "css/staff.css",
    "dashboards/frame.html": "css/staff-figures.css",
    "dashboards/plan.html": "css/staff-figures.css",
    "admin/base_site.html": "css/admin.css",
    "appointments/list.html": "css/staff-check.css",
    "identity/official_check.html": "css/staff-check.css",
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where `collectstatic` has put everything, as in production, uncompressed."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(
        STATIC_ROOT=folder,
        STORAGES=base.STORAGES,
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=["css", "js", "json", "mjs", "svg", "wasm", "map"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


@pytest.fixture(scope="module")
def names(collected: Path) -> dict[str, str]:
    """From each file's name to the one that tells its content."""
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


def imports(script: Path) -> list[Path]:
    return [(script.parent / name).resolve() for name in WRITTEN_IMPORT.findall(script.read_text())]


def test_every_import_of_every_own_module_names_its_content(collected, names):
    hashed = {(collected / name).resolve() for name in names.values()}
    scripts = [collected / name for source, name in names.items() if source.startswith("js/")]
    found = [(script.name, each) for script in scripts for each in imports(script)]
    assert {(script, each.name) for script, each in found if each not in hashed} == set()
    written = [*SOURCES.glob("js/*.js"), *SAMPLE.glob("js/*.js")]
    assert len(found) == sum(len(imports(script)) for script in written)
    assert len(found) > 40


def test_each_page_has_one_style_sheet_of_ours(client, db):
    linked = {}
    for path in TEMPLATES.rglob("*.html"):
        found = re.findall(r"(?<!admin/)css/[\w/-]+\.css", path.read_text())
        if found:
            linked[path.relative_to(TEMPLATES).as_posix()] = ", ".join(found)
    assert linked == SHEETS
    for page in ("privacy", "account_login"):
        sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', client.get(reverse(page)).text)
        ours = [sheet for sheet in sheets if not sheet.endswith("/css/sample-banner.css")]
        assert ours == sheets[:1]


@pytest.mark.parametrize("name", sorted(set(SHEETS.values())))
def test_a_bundle_asks_for_no_other_sheet_and_all_it_names_is_there(collected, names, name):
    for sheet in (collected / name, collected / names[name]):
        text = sheet.read_text()
        assert "@import" not in text
        addresses = [(sheet.parent / address).resolve() for address in ADDRESS.findall(text)]
        assert addresses
        assert [address for address in addresses if not address.is_file()] == []


def reached(sheet: Path) -> set[Path]:
    children = [sheet.parent / name for name in ADDRESS.findall(sheet.read_text())]
    sheets = [child.resolve() for child in children if child.suffix == ".css"]
    return {sheet, *(each for child in sheets for each in reached(child))}


def test_every_sheet_that_is_written_is_in_a_bundle():
    used = {each for name in SHEETS.values() for each in reached(SOURCES / name)}
    assert set((SOURCES / "css").rglob("*.css")) == used


def test_a_sheet_stands_where_it_was_imported_and_its_addresses_still_lead_there():
    storage = InMemoryStorage()
    sheets = {
        "css/page.css": '/**/\n@import url("parts/one.css");\n@import url("paper.css") print;\n',
        "css/parts/one.css": 'a { b: url("../../img/c.svg"), url("data:image/svg+xml,a.b"); }\n',
        "css/paper.css": "p { color: black; }\n",
    }
    for name, content in sheets.items():
        storage.save(name, ContentFile(content.encode()))
    assert bundle("css/page.css", {name: (storage, name) for name in sheets}) == (
        '/**/\na { b: url("../img/c.svg"), url("data:image/svg+xml,a.b"); }\n'
        "@media print {\np { color: black; }\n}\n"
    )
