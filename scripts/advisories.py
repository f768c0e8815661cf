"""Hold the pinned versions against advisories that lie on this machine; asks nobody.

    python scripts/advisories.py FILE [FILE ...]

FILE is a record in OSV's format, a folder of them, or a zip of them: the `all.zip` of PyPI and of
npm that osv.dev gives out, brought here by whatever way the machine allows. Ends with 1 where a
pinned version is affected, and with 2 where a file holds no advisory. A version that cannot be
compared counts as affected.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
COMPARED = {"ECOSYSTEM", "SEMVER"}  # the third type counts commits
Pins = dict[tuple[str, str], set[str]]


def pinned(root: Path) -> Pins:
    """The versions of each package that requirements*.txt and package-lock.json pin."""
    pins: Pins = {}
    for path in root.glob("requirements*.txt"):
        for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(), re.MULTILINE):
            pins.setdefault(("PyPI", canonicalize_name(name)), set()).add(version)
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    for place, package in packages.items():
        if place:
            name = place.rpartition("node_modules/")[2]
            pins.setdefault(("npm", name), set()).add(package["version"])
    return pins


def records(path: Path) -> Iterator[dict]:
    """Every advisory of a file, folder or zip."""
    if path.is_dir():
        for each in sorted(path.rglob("*.json")):
            yield json.loads(each.read_bytes())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield json.loads(archive.read(name))
    else:
        yield json.loads(path.read_bytes())


def findings(pins: Pins, advisory: dict) -> Iterator[str]:
    """A sentence for each pinned version that the advisory is about."""
    if "withdrawn" in advisory:
        return
    for affected in advisory.get("affected", []):
        package = affected.get("package", {})
        ecosystem, name = package.get("ecosystem", ""), package.get("name", "")
        key = (ecosystem, canonicalize_name(name) if ecosystem == "PyPI" else name)
        for version in sorted(pins.get(key, ())):
            if is_affected(version, affected):
                also = ", ".join([advisory["id"], *advisory.get("aliases", [])])
                yield f"{name} {version}: {also}. {advisory.get('summary', '')}".rstrip()


def is_affected(version: str, affected: dict) -> bool:
    """Named, or within one of the ranges."""
    ranges = [each for each in affected.get("ranges", []) if each["type"] in COMPARED]
    return version in affected.get("versions", []) or any(
        is_within(version, each["events"]) for each in ranges
    )


def is_within(version: str, events: list[dict]) -> bool:
    """Whether a walk along the range's events, up to the version, ends inside."""
    try:
        ours = Version(version)
        walk = sorted((Version(at), what) for event in events for what, at in event.items())
    except InvalidVersion:
        return True
    inside = False
    for at, what in walk:
        if what == "introduced":
            inside = inside or ours >= at
        elif what in {"fixed", "limit"}:
            inside = inside and ours < at
        else:
            inside = inside and ours <= at
    return inside


def main(names: list[str]) -> int:
    pins, read, found = pinned(ROOT), 0, set()
    for name in names:
        try:
            advisories = [each for each in records(Path(name)) if "id" in each]
        except (OSError, ValueError) as problem:
            advisories = []
            print(problem, file=sys.stderr)
        if not advisories:
            print(f"{name} holds no advisory", file=sys.stderr)
            return 2
        read += len(advisories)
        found |= {sentence for advisory in advisories for sentence in findings(pins, advisory)}
    print("\n".join(sorted(found)) or "No pinned version is affected.")
    print(f"{read:,} advisories, {len(pins):,} packages", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
