"""The face guide: where it may run, and whether the files it fetches are those that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.registration.every_step import citizen_at, session_of

STATIC = Path(settings.BASE_DIR) / "static"
GUIDE = STATIC / "vendor" / "human"
SCRIPT = (STATIC / "js" / "guide-files.js").read_text()


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "may"), [("selfie", True), ("confirm", False)])
def test_the_selfies_page_may_compile_its_guide_and_the_one_before_only_fetches_it(
    client, step, may
):
    client.cookies["sessionid"] = session_of(citizen_at(step))
    page = client.get(reverse(f"registration:{step}"))
    policy = page.headers["Content-Security-Policy"]
    assert ("wasm-unsafe-eval" in policy, "'unsafe-" in policy) == (may, False)
    assert 'data-engine="/static/vendor/human/wasm/"' in page.text


def test_the_bar_knows_the_sizes_of_the_files():
    stated = re.findall(r"\{ address: (?:detector|`[^`]*\}([\w.-]+)`), size: ([\d_]+)", SCRIPT)
    names = [name or "human.esm.js" for name, _size in stated]
    here = {path.name: path.stat().st_size for path in GUIDE.rglob("*") if path.name in names}
    assert {name: int(size) for name, (_, size) in zip(names, stated, strict=True)} == here
    assert len(here) == 7
