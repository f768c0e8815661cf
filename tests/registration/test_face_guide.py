"""The face guide: where it may run, and whether the files it fetches are those that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from core.static_files import BrotliCompressor
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


def test_the_bar_knows_the_sizes_of_the_files_and_the_first_hint_costs_less_than_a_megabyte():
    stated = re.findall(
        r"\{ address: (?:detector|`[^`]*\}([\w.-]+)`), size: ([\d_]+), weight: (\d+)", SCRIPT
    )
    here = {path.name: path.read_bytes() for path in GUIDE.rglob("*.*") if path.is_file()}
    names = [name or "human.esm.js" for name, _size, _weight in stated]
    assert set(names) == set(here)
    sizes = [(int(size), int(weight)) for _name, size, weight in stated]
    sent = [len(BrotliCompressor.compress_brotli(here[name])) for name in names]
    assert sizes == [
        (len(here[name]), round(bytes_ / 1000)) for name, bytes_ in zip(names, sent, strict=True)
    ]
    first = ("human.esm.js", "blazeface.json", "blazeface.bin", "tfjs-backend-wasm-simd.wasm")
    # The page with its style, letters and scripts is the rest: `make bench ONLY=slow`.
    assert sum(sent[names.index(name)] for name in first) < 720_000
