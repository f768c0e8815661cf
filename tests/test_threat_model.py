"""Each row of the threat model has a test that is there, a document, or says that it remains."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROWS = [
    line
    for line in (ROOT / "docs" / "threat-model.md").read_text().splitlines()
    if line.startswith("|") and not line.startswith(("| tries", "|---"))
]
NAMED = re.compile(r"`(tests/[\w/]+(?:\.py|/))`")
LINKED = re.compile(r"\]\(([\w.-]+\.md)\)")


def test_every_row_is_shown_by_something_or_says_that_it_remains():
    bare = [
        row
        for row in ROWS
        if "remains" not in row and not (NAMED.search(row) or LINKED.search(row))
    ]
    follow_ups = [row for row in bare if not row.rstrip("| ").endswith("the same")]
    assert follow_ups == []


def test_what_the_rows_name_is_there():
    named = {path for row in ROWS for path in NAMED.findall(row)}
    linked = {path for row in ROWS for path in LINKED.findall(row)}
    assert len(named) > 15
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
    assert [path for path in sorted(linked) if not (ROOT / "docs" / path).exists()] == []
