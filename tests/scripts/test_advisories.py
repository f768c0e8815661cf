"""Advisories in OSV's format, made up here, against versions that are pinned."""

import json
import zipfile
from pathlib import Path

import pytest

from scripts import advisories
from scripts.advisories import findings, is_within, main, pinned, records

HTMX = json.loads((advisories.ROOT / "package.json").read_text())["dependencies"]["htmx.org"]
FIXED_IN_2 = [{"introduced": "0"}, {"fixed": "2.0"}]
TWICE = [{"introduced": "1.0"}, {"fixed": "1.4"}, {"introduced": "2.0"}, {"fixed": "2.3"}]


def advisory(ecosystem: str, name: str, **affected: object) -> dict:
    package = {"ecosystem": ecosystem, "name": name}
    return {"id": "MADE-UP-1", "summary": "A hole", "affected": [{"package": package, **affected}]}


def ranged(events: list[dict], kind: str = "ECOSYSTEM") -> list[dict]:
    return [{"type": kind, "events": events}]


@pytest.mark.parametrize(
    ("events", "inside", "outside"),
    [
        (FIXED_IN_2, ["0.1", "1.10", "2.0rc1"], ["2.0", "10.0"]),
        (TWICE, ["1.0", "1.3.9", "2.2"], ["0.9", "1.4", "1.9", "2.3"]),
        (list(reversed(TWICE)), ["1.3.9", "2.2"], ["1.9", "3"]),
        ([{"introduced": "1.0", "last_affected": "1.4"}], ["1.0", "1.4"], ["0.9", "1.4.1"]),
        ([{"introduced": "1.0"}], ["1.0", "99"], ["0.9"]),
        ([{"introduced": "0"}, {"fixed": "no version at all"}], ["1.0", "99"], []),
    ],
)
def test_a_range_is_walked_to_the_version(events, inside, outside):
    assert [is_within(version, events) for version in (*inside, *outside)] == [
        *[True] * len(inside),
        *[False] * len(outside),
    ]


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (advisory("PyPI", "Some_Thing", ranges=ranged(FIXED_IN_2)), True),
        (advisory("PyPI", "some-thing", versions=["1.5"]), True),
        (advisory("PyPI", "some-thing", versions=["1.4"]), False),
        (advisory("npm", "some-thing", ranges=ranged(FIXED_IN_2, "SEMVER")), False),
        (advisory("PyPI", "some-thing", ranges=ranged(FIXED_IN_2, "GIT")), False),
        (advisory("PyPI", "some-thing", versions=["1.5"]) | {"withdrawn": "2026-01-01"}, False),
    ],
)
def test_only_what_is_pinned_and_affected_is_told(of, told):
    said = list(findings({("PyPI", "some-thing"): {"1.5"}}, of))
    name = of["affected"][0]["package"]["name"]
    assert said == ([f"{name} 1.5: MADE-UP-1. A hole"] if told else [])


def test_the_portal_s_own_pins_are_read():
    pins = pinned(advisories.ROOT)
    assert [version.split(".")[:2] for version in pins["PyPI", "django"]] == [["5", "2"]]
    assert pins["npm", "htmx.org"] == {HTMX}
    assert {"uv", "pytest", "cyclonedx-bom"} <= {name for of, name in pins if of == "PyPI"}


def test_a_zip_a_folder_and_a_record_say_the_same(tmp_path: Path, capsys):
    record = advisory("npm", "htmx.org", ranges=ranged([{"introduced": "2.0.0"}], "SEMVER"))
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(record))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(folder / "one.json", "one.json")
    for place in (tmp_path / "all.zip", folder, folder / "one.json"):
        assert list(records(place)) == [record]
        assert main([str(place)]) == 1
        assert capsys.readouterr().out == f"htmx.org {HTMX}: MADE-UP-1. A hole\n"


def test_what_holds_no_advisory_is_no_good_news(tmp_path: Path, capsys):
    (tmp_path / "page.json").write_text("<html>")
    assert main([str(tmp_path / "page.json")]) == 2
    assert main([str(tmp_path / "missing.zip")]) == 2
    assert "missing.zip holds no advisory" in capsys.readouterr().err
